package dev.abendkasse.server.newsletter.markup;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document.OutputSettings;
import org.jsoup.safety.Safelist;

/**
 * CommonMark as HTML that may stand in a mail, and as plain text. HTML in it is shown and not obeyed; of what is made of it only
 * what is on a list remains, so that neither a fault in the one nor in the other lets a script or a form through.
 */
public final class Markup {

    private static final int KEPT = 32;

    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer HTML =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();
    private static final TextContentRenderer TEXT = TextContentRenderer.builder()
            .lineBreakRendering(LineBreakRendering.SEPARATE_BLOCKS)
            .build();

    private static final Safelist ALLOWED = new Safelist()
            .addTags(
                    "a",
                    "blockquote",
                    "br",
                    "code",
                    "em",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "hr",
                    "img",
                    "li",
                    "ol",
                    "p",
                    "pre",
                    "strong",
                    "ul")
            .addAttributes("a", "href", "title")
            .addAttributes("img", "src", "alt", "title")
            .addAttributes("ol", "start")
            .addProtocols("a", "href", "https", "http", "mailto")
            .addProtocols("img", "src", "https");

    private final Cache<String, Rendered> rendered =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    /** What a reader sees of a text. */
    public record Rendered(String html, String text) {}

    /** The same text is read once for many mails. */
    public Rendered render(String markdown) {
        return rendered.get(markdown, Markup::read);
    }

    private static Rendered read(String markdown) {
        var document = PARSER.parse(markdown);
        var keepLines = new OutputSettings().prettyPrint(false);
        return new Rendered(Jsoup.clean(HTML.render(document), "", ALLOWED, keepLines), TEXT.render(document));
    }
}

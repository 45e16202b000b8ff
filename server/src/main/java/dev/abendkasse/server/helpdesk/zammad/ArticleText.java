package dev.abendkasse.server.helpdesk.zammad;

import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** An article's words without its markup. */
final class ArticleText {

    private static final Pattern BREAK = Pattern.compile("(?i)<br ?/?>|</(?:p|div|li|tr|h[1-6]|blockquote)>");
    private static final Pattern MARKUP = Pattern.compile("<[^<>]*>");
    private static final Pattern BLANKS = Pattern.compile("[ \\t\\x{a0}]+(?=\\n)");
    private static final Pattern EMPTY_LINES = Pattern.compile("\\n{3,}");

    private ArticleText() {}

    /** @param type {@code text/html}, or the body is taken as it is */
    static String of(String body, String type) {
        return type.startsWith("text/html") ? withoutMarkup(body) : body.strip();
    }

    private static String withoutMarkup(String html) {
        var lines = BREAK.matcher(html.replaceAll("\\s+", " ")).replaceAll("\n");
        var text = HtmlUtils.htmlUnescape(MARKUP.matcher(lines).replaceAll(""));
        return EMPTY_LINES
                .matcher(BLANKS.matcher(text).replaceAll(""))
                .replaceAll("\n\n")
                .strip();
    }
}

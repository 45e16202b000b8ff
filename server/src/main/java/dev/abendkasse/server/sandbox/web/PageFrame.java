package dev.abendkasse.server.sandbox.web;

import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.SandboxPage;
import dev.abendkasse.server.shared.Money;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.web.util.HtmlUtils;

/** What the sandbox's pages have in common. They work without scripts. */
@SandboxComponent
class PageFrame {

    static final String STYLE = """
            body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; background: #f3f3f0; color: #1c1c1a; }
            main { max-width: 26rem; margin: 2rem auto; padding: 1.5rem; background: #fff; border-radius: .75rem; }
            main.wide { max-width: 56rem; overflow-wrap: anywhere; }
            h1 { font-size: 1.25rem; margin-top: 0; }
            h2 { font-size: 1rem; margin: 1.5rem 0 0; }
            .amount { font-size: 2rem; margin: .5rem 0; }
            .notice { border-left: .25rem solid #b35c00; padding-left: .75rem; }
            button { display: block; width: 100%; margin: .75rem 0; padding: .75rem; font: inherit;
                     border: 2px solid #1c1c1a; border-radius: .5rem; background: #fff; cursor: pointer; }
            button.pay { background: #14532d; border-color: #14532d; color: #fff; }
            table { width: 100%; border-collapse: collapse; }
            th, td { text-align: left; padding: .5rem; border-bottom: 1px solid #ddd; }
            pre { white-space: pre-wrap; background: #f3f3f0; padding: 1rem; }
            iframe { width: 100%; height: 40rem; border: 1px solid #ddd; }
            a:focus-visible, button:focus-visible { outline: 3px solid #b35c00; outline-offset: 2px; }
            """;

    private static final String PAGE = """
            <!doctype html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>%s</title>
            <link rel="stylesheet" href="/style.css">
            </head>
            <body>
            <main%s>
            <h1>%s</h1>
            <p class="notice">%s</p>
            %s
            </main>
            </body>
            </html>
            """;

    private final MessageSource messages;

    PageFrame(MessageSource messages) {
        this.messages = messages;
    }

    /** @param formAction where the page's forms may lead, redirects included, as a source list */
    Answer page(int status, String content, String formAction, Locale locale) {
        var title = text("title", locale);
        var page = PAGE.formatted(locale.getLanguage(), title, "", title, text("notice", locale), content);
        return Answer.html(status, page, "form-action " + formAction);
    }

    /** What another module shows. */
    static Answer page(SandboxPage.Content content, Locale locale) {
        var title = HtmlUtils.htmlEscape(content.title());
        var notice = HtmlUtils.htmlEscape(content.notice());
        var page = PAGE.formatted(locale.getLanguage(), title, " class=\"wide\"", title, notice, content.html());
        return Answer.html(200, page, "form-action 'none'; frame-src 'self'");
    }

    Answer unknown(Locale locale) {
        return page(404, "<p role=\"status\">" + text("unknown", locale) + "</p>", "'none'", locale);
    }

    /** Safe to put into a page. */
    String text(String key, Locale locale, Object... values) {
        return HtmlUtils.htmlEscape(messages.getMessage("sandbox." + key, values, locale));
    }

    static String amount(long amount, String currency, Locale locale) {
        return Money.of(amount, currency).shownIn(locale);
    }
}

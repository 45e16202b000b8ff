package dev.abendkasse.server.mail.web;

import dev.abendkasse.server.mail.MailboxComponent;
import dev.abendkasse.server.mail.OpenedMail;
import dev.abendkasse.server.mail.domain.KeptMail;
import dev.abendkasse.server.sandbox.SandboxPage.View;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.context.MessageSource;
import org.springframework.web.util.HtmlUtils;

/** What the mailbox looks like. Works without scripts. */
@MailboxComponent
class MailboxViews {

    static final String STYLE_NAME = "style.css";

    private static final String STYLE = """
            body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; background: #f3f3f0; color: #1c1c1a; }
            main { max-width: 56rem; margin: 2rem auto; padding: 1.5rem; background: #fff; border-radius: .75rem; }
            h1 { font-size: 1.25rem; margin-top: 0; overflow-wrap: anywhere; }
            h2 { font-size: 1rem; }
            table { width: 100%; border-collapse: collapse; }
            th, td { text-align: left; padding: .5rem; border-bottom: 1px solid #ddd; overflow-wrap: anywhere; }
            pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f3f3f0; padding: 1rem; }
            iframe { width: 100%; height: 40rem; border: 1px solid #ddd; background: #fff; }
            dt { font-weight: bold; }
            dd { margin: 0 0 .5rem; overflow-wrap: anywhere; }
            .notice { border-left: .25rem solid #b35c00; padding-left: .75rem; }
            a:focus-visible { outline: 3px solid #b35c00; outline-offset: 2px; }
            """;

    private static final String PAGE = """
            <!doctype html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>%s</title>
            <link rel="stylesheet" href="/mailbox/style.css">
            </head>
            <body>
            <main>
            %s
            </main>
            </body>
            </html>
            """;

    private static final String LIST = """
            <h1>%s</h1>
            <p class="notice">%s</p>
            <table>
            <thead><tr><th scope="col">%s</th><th scope="col">%s</th><th scope="col">%s</th></tr></thead>
            <tbody>
            %s
            </tbody>
            </table>
            """;

    private static final String ROW = """
            <tr><td>%s</td><td>%s</td><td><a href="/mailbox/%s">%s</a></td></tr>
            """;

    private static final String MAIL = """
            <p><a href="/mailbox">%s</a></p>
            <h1>%s</h1>
            <dl><dt>%s</dt><dd>%s</dd><dt>%s</dt><dd>%s</dd></dl>
            %s
            <h2>HTML</h2>
            <iframe title="HTML" src="/mailbox/%s/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
            <h2>%s</h2>
            <pre>%s</pre>
            """;

    private final MessageSource messages;

    MailboxViews(MessageSource messages) {
        this.messages = messages;
    }

    static View style() {
        return new View("text/css;charset=utf-8", STYLE.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    String list(List<KeptMail> mails, Locale locale) {
        var rows = mails.stream().map(mail -> row(mail, locale)).collect(Collectors.joining());
        var content = LIST.formatted(
                text("title", locale),
                text("notice", locale),
                text("at", locale),
                text("to", locale),
                text("subject", locale),
                rows);
        return page(text("title", locale), content, locale);
    }

    String mail(UUID id, OpenedMail mail, Locale locale) {
        var content = MAIL.formatted(
                text("title", locale),
                escaped(mail.subject()),
                text("from", locale),
                escaped(mail.from()),
                text("to", locale),
                escaped(mail.to()),
                files(id, mail, locale),
                id,
                text("text", locale),
                escaped(mail.text()));
        return page(escaped(mail.subject()), content, locale);
    }

    private static String row(KeptMail mail, Locale locale) {
        var at = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(mail.at().atZone(ZoneId.systemDefault()));
        return ROW.formatted(escaped(at), escaped(mail.recipient()), mail.id(), escaped(mail.subject()));
    }

    private String files(UUID id, OpenedMail mail, Locale locale) {
        var attachments = IntStream.range(0, mail.attachments().size())
                .mapToObj(i -> link(
                        "/mailbox/%s/%d".formatted(id, i),
                        escaped(mail.attachments().get(i).name())));
        var source = link("/mailbox/%s/source".formatted(id), text("source", locale));
        return "<ul>" + attachments.collect(Collectors.joining()) + source + "</ul>";
    }

    private static String link(String address, String label) {
        return "<li><a href=\"%s\">%s</a></li>%n".formatted(address, label);
    }

    private static String page(String title, String content, Locale locale) {
        return PAGE.formatted(locale.getLanguage(), title, content);
    }

    private String text(String key, Locale locale) {
        return escaped(messages.getMessage("mailbox." + key, null, locale));
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
    }
}

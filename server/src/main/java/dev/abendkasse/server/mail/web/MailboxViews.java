package dev.abendkasse.server.mail.web;

import dev.abendkasse.server.mail.MailboxComponent;
import dev.abendkasse.server.mail.OpenedMail;
import dev.abendkasse.server.mail.domain.KeptMail;
import dev.abendkasse.server.sandbox.SandboxPage.Content;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.context.MessageSource;
import org.springframework.web.util.HtmlUtils;

/** What the mailbox looks like. Works without scripts. */
@MailboxComponent
class MailboxViews {

    private static final String LIST = """
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
            <table>
            <tr><th scope="row">%s</th><td>%s</td></tr>
            <tr><th scope="row">%s</th><td>%s</td></tr>
            </table>
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

    Content list(List<KeptMail> mails, Locale locale) {
        var rows = mails.stream().map(mail -> row(mail, locale)).collect(Collectors.joining());
        return content(
                text("title", locale),
                LIST.formatted(
                        escaped(text("at", locale)),
                        escaped(text("to", locale)),
                        escaped(text("subject", locale)),
                        rows),
                locale);
    }

    Content mail(UUID id, OpenedMail mail, Locale locale) {
        return content(
                mail.subject(),
                MAIL.formatted(
                        escaped(text("title", locale)),
                        escaped(text("from", locale)),
                        escaped(mail.from()),
                        escaped(text("to", locale)),
                        escaped(mail.to()),
                        files(id, mail, locale),
                        id,
                        escaped(text("text", locale)),
                        escaped(mail.text())),
                locale);
    }

    private Content content(String title, String html, Locale locale) {
        return new Content(title, text("notice", locale), html);
    }

    private static String row(KeptMail mail, Locale locale) {
        var at = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(mail.at().atZone(ZoneId.systemDefault()));
        return ROW.formatted(escaped(at), escaped(mail.recipient()), mail.id(), escaped(mail.subject()));
    }

    private String files(UUID id, OpenedMail mail, Locale locale) {
        var attachments = IntStream.range(0, mail.attachments().size())
                .mapToObj(number -> link(
                        "/mailbox/%s/%d".formatted(id, number),
                        mail.attachments().get(number).name()));
        var source = link("/mailbox/%s/source".formatted(id), text("source", locale));
        return "<ul>" + attachments.collect(Collectors.joining()) + source + "</ul>";
    }

    private static String link(String address, String label) {
        return "<li><a href=\"%s\">%s</a></li>%n".formatted(address, escaped(label));
    }

    private String text(String key, Locale locale) {
        return messages.getMessage("mailbox." + key, null, locale);
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
    }
}

package dev.abendkasse.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.abendkasse.server.outbox.Undeliverable;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form in which mails travel. */
class MimeWriterTests {

    @Test
    void headersSayWhoWhenAndThatNobodyTypedIt() throws Exception {
        var mail = MailFixture.write(
                SampleMail.to("Buyer@Example.ORG", "Käthe \"K\" Müßig"),
                MailFixture.properties("help@theatre.example"));

        assertThat(mail.getFrom()).containsExactly(new InternetAddress(MailFixture.FROM, "Theater am Markt"));
        assertThat(mail.getReplyTo())
                .extracting(Object::toString)
                .containsExactly("Theater am Markt <help@theatre.example>");
        assertThat(InternetAddress.toUnicodeString(mail.getAllRecipients()))
                .isEqualTo("\"Käthe \\\"K\\\" Müßig\" <Buyer@example.org>");
        assertThat(mail.getSentDate()).isEqualTo(Date.from(Instant.parse("2026-11-22T12:00:00Z")));
        assertThat(mail.getHeader("Message-ID")).containsExactly("<" + SampleMail.ID + "@theatre.example>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("Content-Language")).containsExactly("de");
        assertThat(mail.getHeader("MIME-Version")).containsExactly("1.0");
    }

    @Test
    void textAndHtmlAreAlternativesAndFilesStandBesideThem() throws Exception {
        var plain = MailFixture.write(SampleMail.to("buyer@example.org", "Example Buyer"));
        var withFile = MailFixture.write(SampleMail.with("tickets-100000.pdf"));

        assertThat(types(plain.getContent())).isEqualTo("alternative(text/plain, text/html)");
        assertThat(types(withFile.getContent()))
                .isEqualTo("mixed(alternative(text/plain, text/html), application/pdf)");
        assertThat(MailFixture.read(withFile).attachments())
                .singleElement()
                .satisfies(file -> assertThat(file.name()).isEqualTo("tickets-100000.pdf"))
                .satisfies(file -> assertThat(file.content()).asString().isEqualTo("%PDF-1.7"));
    }

    @Test
    void everyLineIsShortEnoughAndAscii() throws Exception {
        var lines = source(MailFixture.write(SampleMail.to("buyer@example.org", "Käthe Müßig ".repeat(50))))
                .split("\r\n");

        assertThat(lines)
                .allSatisfy(
                        line -> assertThat(line).hasSizeLessThanOrEqualTo(998).matches("[\\x00-\\x7f]*"));
    }

    @Test
    void addressThatIsNotAsciiIsReadAsItWasWritten() {
        assertThat(MailFixture.read(SampleMail.to("käthe@bühne.example", "Käthe Müßig"))
                        .to())
                .isEqualTo("\"Käthe Müßig\" <käthe@xn--bhne-0ra.example>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A\r\nBcc: victim@example.org",
                "A\nBcc: victim@example.org",
                "A\rBcc: victim@example.org",
                "A\u0085Bcc: victim@example.org",
                "A\u2028Bcc: victim@example.org",
                "\" <victim@example.org>, \"",
                "Ä\r\n\r\n<script>",
                "a,b;c:<d>@(e)",
                "",
                " ",
                "\u0000",
            })
    void nameIsNothingButAName(String name) throws Exception {
        for (var mail : new Mail[] {
            SampleMail.to("buyer@example.org", name), SampleMail.from(name), SampleMail.with(name + ".pdf")
        }) {
            var written = new MimeMessage(
                    null,
                    new java.io.ByteArrayInputStream(
                            source(MailFixture.write(mail)).getBytes(StandardCharsets.US_ASCII)));

            assertThat(written.getAllRecipients())
                    .extracting(to -> ((InternetAddress) to).getAddress())
                    .containsExactly("buyer@example.org");
            assertThat(written.getHeader("Bcc")).isNull();
            assertThat(((InternetAddress) written.getFrom()[0]).getAddress()).isEqualTo(MailFixture.FROM);
            assertThat(written.getSubject()).isEqualTo("Auftrag 100000 ist storniert");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "a b@example.org",
                "a@b",
                "a\r\n@example.org",
                "<a@example.org>",
                "",
                "a@example.org, b@example.org"
            })
    void whatIsNoAddressIsForPeopleAndIsNotRepeated(String address) {
        assertThatThrownBy(() -> MailFixture.write(SampleMail.to(address, "Example Buyer")))
                .isInstanceOf(Undeliverable.class)
                .hasMessage("The address is none that mail can be sent to");
    }

    private static String types(Object content) throws Exception {
        if (!(content instanceof MimeMultipart several)) {
            return "";
        }
        var types = new java.util.ArrayList<String>();
        for (int i = 0; i < several.getCount(); i++) {
            var part = several.getBodyPart(i);
            types.add(
                    part.getContent() instanceof MimeMultipart inner
                            ? types(inner)
                            : part.getContentType().replaceAll(";(?s).*", ""));
        }
        return several.getContentType().replaceAll("multipart/(\\w+)(?s).*", "$1") + "(" + String.join(", ", types)
                + ")";
    }

    private static String source(MimeMessage mail) throws Exception {
        var source = new ByteArrayOutputStream();
        mail.writeTo(source);
        return source.toString(StandardCharsets.ISO_8859_1);
    }
}

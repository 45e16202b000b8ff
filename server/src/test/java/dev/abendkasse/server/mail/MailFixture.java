package dev.abendkasse.server.mail;

import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes and reads mails for other tests. */
public final class MailFixture {

    public static final String FROM = "box-office@theatre.example";

    private MailFixture() {}

    public static MailProperties properties(@Nullable String replyTo) {
        return new MailProperties(FROM, replyTo, Duration.ofSeconds(5), 2, 200);
    }

    /** The mail as a mail program shows it. */
    public static OpenedMail read(Mail mail) {
        return read(write(mail));
    }

    public static OpenedMail read(MimeMessage mail) {
        try {
            var source = new ByteArrayOutputStream();
            mail.writeTo(source);
            return OpenedMail.of(source.toByteArray());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static MimeMessage write(Mail mail) {
        return write(mail, properties(null));
    }

    public static MimeMessage write(Mail mail, MailProperties properties) {
        try {
            return new MimeWriter(new MailTemplates(), properties).write(mail);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

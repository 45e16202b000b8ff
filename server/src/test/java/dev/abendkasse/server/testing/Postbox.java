package dev.abendkasse.server.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A mail server that takes everything, and what has arrived there. */
public final class Postbox implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());

    private Postbox() {
        server.start();
    }

    public static Postbox open() {
        return new Postbox();
    }

    /** What makes a server of ours send there. */
    public Map<String, Object> settings() {
        return settings(server.getSmtp().getPort());
    }

    /** What makes a server of ours send to another one. */
    public static Map<String, Object> settings(int port) {
        return Map.of(
                "spring.mail.host",
                "127.0.0.1",
                "spring.mail.port",
                port,
                "abendkasse.mail.from",
                "box-office@theatre.example",
                "abendkasse.outbox.look-every",
                "200ms");
    }

    /** The mails to one address, once there are that many. */
    public List<MimeMessage> mailsTo(String address, int count) {
        Awaitility.await().atMost(PATIENCE).until(() -> mailsTo(address).size() >= count);
        return mailsTo(address);
    }

    public MimeMessage mailTo(String address) {
        return mailsTo(address, 1).getFirst();
    }

    /** In the order in which they came, those that are there by now. */
    public List<MimeMessage> mailsTo(String address) {
        return Arrays.stream(server.getReceivedMessages())
                .filter(mail -> isTo(mail, address))
                .toList();
    }

    public int count() {
        return server.getReceivedMessages().length;
    }

    @Override
    public void close() {
        server.stop();
    }

    private static boolean isTo(MimeMessage mail, String address) {
        try {
            return ((InternetAddress) mail.getRecipients(Message.RecipientType.TO)[0])
                    .getAddress()
                    .equals(address);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}

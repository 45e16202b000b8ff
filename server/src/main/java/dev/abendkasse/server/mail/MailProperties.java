package dev.abendkasse.server.mail;

import dev.abendkasse.server.shared.EmailAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of mail. The mail server is set under {@code spring.mail}.
 *
 * @param from the address that mails come from; needed as soon as there is a mail server
 * @param replyTo where answers go when not there
 * @param timeLimit for one try to hand a mail over; shorter than {@code abendkasse.outbox.retry}
 * @param atOnce how many a replica sends at the same time
 * @param mailboxSize how many the mailbox keeps
 */
@ConfigurationProperties("abendkasse.mail")
public record MailProperties(
        @Nullable String from,
        @Nullable String replyTo,
        @DefaultValue("20s") Duration timeLimit,
        @DefaultValue("4") int atOnce,
        @DefaultValue("200") int mailboxSize) {

    /** Mails that nobody gets come from here. The domain does not exist (RFC 2606). */
    private static final String NOWHERE = "box-office@abendkasse.invalid";

    public MailProperties {
        if (timeLimit.isNegative() || timeLimit.isZero() || atOnce < 1 || mailboxSize < 1) {
            throw new IllegalArgumentException(
                    "abendkasse.mail: time-limit, at-once and mailbox-size must be positive");
        }
        parse("from", from);
        parse("reply-to", replyTo);
    }

    EmailAddress sender() {
        return Objects.requireNonNull(parse("from", from == null ? NOWHERE : from));
    }

    @Nullable
    EmailAddress answersTo() {
        return parse("reply-to", replyTo);
    }

    private static @Nullable EmailAddress parse(String name, @Nullable String address) {
        return address == null
                ? null
                : EmailAddress.parse(address)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "abendkasse.mail." + name + " is no address that mail can be sent to"));
    }
}

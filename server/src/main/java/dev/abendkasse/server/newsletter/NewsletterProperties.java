package dev.abendkasse.server.newsletter;

import dev.abendkasse.server.shared.EmailAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the newsletter.
 *
 * @param mailsPerMinute how many mails of issues leave a minute, on all replicas together
 * @param atOnce how many of them a replica sends at the same time
 * @param batch how many customers are looked at in one transaction
 * @param from the address that issues come from, if not the one of all mails
 * @param bounces where to they come back; the mail's id is added to its name after a plus
 * @param unsubscribeBaseUrl what the address for the one click begins with, if not {@code abendkasse.public-url}; https
 * @param asksPerMinute how often one Internet address may ask for the newsletter or follow its links a minute, each
 * @param bounceSecrets what whoever tells of bounces signs with (Standard Webhooks); without any nobody can
 * @param reportSecret what a mail server shows that hands in mails which came back; without one none can
 */
@ConfigurationProperties("abendkasse.newsletter")
public record NewsletterProperties(
        @DefaultValue("300") int mailsPerMinute,
        @DefaultValue("2") int atOnce,
        @DefaultValue("500") int batch,
        @Nullable String from,
        @Nullable String bounces,
        @Nullable String unsubscribeBaseUrl,
        @DefaultValue("10") int asksPerMinute,
        @DefaultValue List<String> bounceSecrets,
        @Nullable String reportSecret) {

    private static final int MOST_A_MINUTE = 60_000;
    private static final int SHORTEST_SECRET = 24;

    public NewsletterProperties {
        if (mailsPerMinute < 1 || mailsPerMinute > MOST_A_MINUTE || atOnce < 1 || batch < 1 || asksPerMinute < 1) {
            throw new IllegalArgumentException("abendkasse.newsletter: mails-per-minute must be 1 to " + MOST_A_MINUTE
                    + "; at-once, batch and asks-per-minute must be positive");
        }
        if (reportSecret != null && reportSecret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "abendkasse.newsletter.report-secret must have at least " + SHORTEST_SECRET + " characters");
        }
        parse("from", from);
        parse("bounces", bounces);
    }

    @Nullable
    EmailAddress sender() {
        return parse("from", from);
    }

    @Nullable
    EmailAddress bounceAddress() {
        return parse("bounces", bounces);
    }

    private static @Nullable EmailAddress parse(String name, @Nullable String address) {
        return address == null
                ? null
                : EmailAddress.parse(address)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "abendkasse.newsletter." + name + " is no address that mail can be sent to"));
    }
}

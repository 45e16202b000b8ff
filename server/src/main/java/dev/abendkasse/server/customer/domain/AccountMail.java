package dev.abendkasse.server.customer.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a mail about an account speaks of.
 *
 * @param kind of its link; null when it has none
 * @param email where it goes
 * @param page where its link leads, but for what follows the {@code #}
 * @param current the account's current address
 */
public record AccountMail(
        Instant now,
        String template,
        @Nullable String kind,
        @Nullable UUID linkId,
        @Nullable Instant expiresAt,
        String email,
        @Nullable String name,
        String language,
        String page,
        String sender,
        String current) {

    /** How the link is called in its address: {@code reset}, {@code confirm-email} and so on. */
    public Optional<String> linkName() {
        return Optional.ofNullable(kind)
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}

package dev.abendkasse.server.signing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a purpose handles its keys.
 *
 * @param purpose as the table has it
 * @param fresh after how long another replica notices a change
 * @param ahead whether the next key is published before it signs, so that everyone knows it in time
 * @param keepFor how long a key that no longer signs is good for checking; none: for ever
 */
public record KeyTerms(
        String purpose,
        Duration fresh,
        boolean ahead,
        @Nullable Duration keepFor) {

    /** For what is looked at for years: nothing that was ever signed is forgotten. */
    static KeyTerms lasting(String purpose) {
        return new KeyTerms(purpose, Duration.ofMinutes(1), false, null);
    }
}

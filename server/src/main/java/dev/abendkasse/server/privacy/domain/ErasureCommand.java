package dev.abendkasse.server.privacy.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom to erase. The names of the components are those that the database reads. */
public sealed interface ErasureCommand {

    /** @param passwordChangedAt of the password that was shown; another one by now, and nothing happens */
    record Own(UUID customerId, @Nullable Instant passwordChangedAt) implements ErasureCommand {}

    /** @param by who does it */
    record ByStaff(UUID customerId, String reason, String by) implements ErasureCommand {}

    /**
     * @param email the guest's, in lower case
     * @param matchKey of that address, in hex
     * @param proof how they have shown that the mailbox is theirs
     */
    record Guest(String email, String matchKey, String reason, String proof, String by) implements ErasureCommand {}
}

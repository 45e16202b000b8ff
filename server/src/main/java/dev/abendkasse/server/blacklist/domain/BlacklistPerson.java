package dev.abendkasse.server.blacklist.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is blocked: an account with every address it has or had, an address however it is written, or both. */
public record BlacklistPerson(
        @Nullable UUID customerId, @Nullable String email) {

    public BlacklistPerson {
        if (customerId == null && email == null) {
            throw new IllegalArgumentException("A block needs a customer or an address");
        }
    }
}

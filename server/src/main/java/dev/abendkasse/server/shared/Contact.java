package dev.abendkasse.server.shared;

import dev.abendkasse.server.shared.Buyer.PostalAddress;
import org.jspecify.annotations.Nullable;

/** What is known of whoever has an order; of a walk-in that may be nothing. */
public record Contact(
        @Nullable String email,
        @Nullable String name,
        @Nullable String phone,
        @Nullable PostalAddress address) {

    /** Whether anything is known at all. Not named as a property: it would be stored. */
    public boolean known() {
        return email != null || name != null || phone != null || address != null;
    }
}

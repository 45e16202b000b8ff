package dev.abendkasse.server.shared;

import org.jspecify.annotations.Nullable;

/** Who is buying, as typed. */
public record Buyer(
        String email,
        String name,
        @Nullable String phone,
        @Nullable PostalAddress address) {

    public record PostalAddress(String street, String postalCode, String city, String country) {}
}

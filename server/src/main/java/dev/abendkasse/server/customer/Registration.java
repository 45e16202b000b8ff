package dev.abendkasse.server.customer;

import dev.abendkasse.server.shared.EmailAddress;
import org.jspecify.annotations.Nullable;

/** What a customer registers with. */
public record Registration(
        EmailAddress email,
        String password,
        String name,
        @Nullable String phone) {}

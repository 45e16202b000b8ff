package dev.abendkasse.server.privacy.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whoever can show by a password that it is them.
 *
 * @param passwordChangedAt since when it has been this password, however often it was hashed anew; null: since ever
 */
public record PasswordOwner(String passwordHash, @Nullable Instant passwordChangedAt) {}

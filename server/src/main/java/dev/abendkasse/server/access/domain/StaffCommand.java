package dev.abendkasse.server.access.domain;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done to an account of staff, and by whom. */
public sealed interface StaffCommand {

    record Create(String userName, String passwordHash, Set<String> scopes, String by) implements StaffCommand {}

    /** @param version what its author was looking at */
    record Change(String userName, long version, Set<String> scopes, String by) implements StaffCommand {}

    record Lock(String userName, String by) implements StaffCommand {}

    record Unlock(String userName, String by) implements StaffCommand {}

    /** @param provenSetAt since when the password that was proven has been there, and must still be; none: whatever is there */
    record SetPassword(
            String userName, String passwordHash, @Nullable Instant provenSetAt, String by) implements StaffCommand {}
}

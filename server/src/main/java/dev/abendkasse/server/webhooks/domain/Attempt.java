package dev.abendkasse.server.webhooks.domain;

import org.jspecify.annotations.Nullable;

/** How one try to deliver went. */
public sealed interface Attempt {

    /** @param retryAfter the header of that name, as it stands */
    record Answered(int status, @Nullable String retryAfter) implements Attempt {}

    /** @param why for staff; without addresses, which may hold secrets */
    record NoAnswer(String why) implements Attempt {}
}

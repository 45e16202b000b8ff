package dev.abendkasse.server.shared;

import java.util.UUID;

/**
 * What makes a repeated command recognisable.
 *
 * @param scope the operation and what guards it, so that one caller never gets the answer of another
 * @param key made up by the client for one intent
 * @param requestHash hex of a hash over everything the request says
 */
public record Idempotency(String scope, UUID key, String requestHash) {}

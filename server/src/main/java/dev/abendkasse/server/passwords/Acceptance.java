package dev.abendkasse.server.passwords;

/** What becomes of a hash that another system has made. */
public sealed interface Acceptance {

    record Accepted(StoredPassword password) implements Acceptance {}

    record Refused(HashRefusal reason) implements Acceptance {}
}

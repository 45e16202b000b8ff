package dev.abendkasse.server.privacy.domain;

/** Whoever can show by a password that it is them. */
public record PasswordOwner(String passwordHash) {}

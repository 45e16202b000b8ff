package dev.abendkasse.server.passwords;

/** What becomes of a password, given in UTF-8. Never throws, whatever the password is. */
@FunctionalInterface
interface Steps {

    byte[] of(byte[] password);
}

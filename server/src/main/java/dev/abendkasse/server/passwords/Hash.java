package dev.abendkasse.server.passwords;

import java.security.MessageDigest;

/**
 * A hash that was read.
 *
 * @param expected what a password has to become
 * @param steps how it becomes that
 * @param weak whether whoever steals it could try passwords by the billion
 */
record Hash(byte[] expected, Steps steps, boolean weak) {

    static Hash strong(byte[] expected, Steps steps) {
        return new Hash(expected, steps, false);
    }

    boolean matches(byte[] password) {
        return MessageDigest.isEqual(expected, steps.of(password));
    }
}

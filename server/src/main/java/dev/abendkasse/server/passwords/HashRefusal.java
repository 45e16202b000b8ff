package dev.abendkasse.server.passwords;

/** Why a hash is not accepted. Whoever has it cannot sign in with a password. */
public enum HashRefusal {

    /** Not of the format that it is said to be of. */
    MALFORMED,

    /** Of a format, or a variant of it, that is not in the list. */
    UNKNOWN_FORMAT,

    /** The format needs a salt, and there is none. */
    SALT_MISSING,

    /** Nothing in this format could make use of the salt or the parameters that came along. */
    NOTHING_TO_SALT,

    /** Checking a password would take too much time or memory. */
    TOO_COSTLY
}

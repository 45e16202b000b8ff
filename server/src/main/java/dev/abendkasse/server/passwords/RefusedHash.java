package dev.abendkasse.server.passwords;

/** From deep within a reader to {@link StoredPassword} and {@link DeclaredHash}; nobody else sees it. */
final class RefusedHash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HashRefusal reason;

    RefusedHash(HashRefusal reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    static RefusedHash malformed() {
        return new RefusedHash(HashRefusal.MALFORMED);
    }

    HashRefusal reason() {
        return reason;
    }
}

package dev.abendkasse.server.security.web;

import dev.abendkasse.server.security.domain.TokenRefusal;

/** A request for a token that is not one. */
final class TokenRefused extends RuntimeException {

    private final TokenRefusal reason;

    TokenRefused(TokenRefusal reason) {
        super(reason.name(), null, false, false);
        this.reason = reason;
    }

    TokenRefusal reason() {
        return reason;
    }
}

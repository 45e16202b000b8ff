package dev.abendkasse.server.security.domain;

/** Why there is no token, in the words of RFC 6749. */
public enum TokenRefusal {
    INVALID_REQUEST,
    INVALID_CLIENT,
    INVALID_GRANT,
    INVALID_SCOPE,
    UNSUPPORTED_GRANT_TYPE
}

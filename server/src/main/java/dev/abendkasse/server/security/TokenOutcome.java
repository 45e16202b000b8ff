package dev.abendkasse.server.security;

import dev.abendkasse.server.security.domain.TokenRefusal;

/** What became of a request for a token. */
public sealed interface TokenOutcome {

    record Issued(IssuedToken token) implements TokenOutcome {}

    record Refused(TokenRefusal reason) implements TokenOutcome {}
}

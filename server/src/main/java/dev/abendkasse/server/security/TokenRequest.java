package dev.abendkasse.server.security;

import java.util.Set;

/** What a token is asked for with. */
public sealed interface TokenRequest {

    /** None: all that the account has. */
    Set<String> scopes();

    record ForStaff(String userName, String password, Set<String> scopes) implements TokenRequest {}

    record ForClient(String clientId, String secret, Set<String> scopes) implements TokenRequest {}
}

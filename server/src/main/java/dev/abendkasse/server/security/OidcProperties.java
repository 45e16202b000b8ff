package dev.abendkasse.server.security;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where staff sign in with the organisation's own OpenID Connect issuer.
 *
 * @param issuerUri the issuer, as its tokens name it; without it there is none
 * @param audience what its tokens must name as audience
 * @param rolesClaim the claim that has the roles, with dots between the names of nested ones
 * @param roles which scopes of ours a role brings
 * @param nameClaim the claim that has the name under which is written down what somebody does; it must never change hands
 * @param timeLimit how long the issuer may take to answer
 * @param keysFor how long its keys are relied on before they are asked for again
 * @param keysAtMostFor how long they are while it cannot be reached
 * @param askAgainAfter how long to wait before asking again for a key that is not known, or after a failure
 */
@ConfigurationProperties("abendkasse.security.oidc")
public record OidcProperties(
        @Nullable String issuerUri,
        @DefaultValue("abendkasse-api") String audience,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue Map<String, Set<String>> roles,
        @DefaultValue("preferred_username") String nameClaim,
        @DefaultValue("3s") Duration timeLimit,
        @DefaultValue("5m") Duration keysFor,
        @DefaultValue("24h") Duration keysAtMostFor,
        @DefaultValue("10s") Duration askAgainAfter) {}

package dev.abendkasse.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What the settings of an outside issuer may say, and how they are read. */
class OidcSettingsTests {

    @Test
    void nobodyFromOutsideIsAPartnerOrACustomer() {
        for (var scope : List.of("partner", "customer", "anything")) {
            assertThatThrownBy(() -> tokens(oidc("https://issuer.example.org", "roles", Map.of("a", Set.of(scope)))))
                    .hasMessageContaining("scopes of staff");
        }
    }

    @Test
    void anIssuerCannotCallItselfTheBuiltInOne() {
        assertThatThrownBy(() -> tokens(oidc("abendkasse", "roles", Map.of()))).hasMessageContaining("built-in issuer");
    }

    @Test
    void rolesStandUnderTheNameOfTheClaimOrAlongItsDots() {
        var roles = Map.of("cashier", Set.of("box-office"), "usher", Set.of("gate"));

        assertThat(scopes("roles", roles, Map.of("roles", List.of("cashier", "usher"))))
                .isEqualTo("box-office gate");
        assertThat(scopes("scope", roles, Map.of("scope", "openid usher"))).isEqualTo("gate");
        assertThat(scopes("a.b", roles, Map.of("a", Map.of("b", List.of("usher")))))
                .isEqualTo("gate");
        assertThat(scopes("https://x.org/roles", roles, Map.of("https://x.org/roles", List.of("cashier"))))
                .isEqualTo("box-office");
        assertThat(scopes("roles", roles, Map.of("roles", 7))).isEqualTo("");
        assertThat(scopes("a.b", roles, Map.of("a", "b"))).isEqualTo("");
    }

    private static Object scopes(String claim, Map<String, Set<String>> roles, Map<String, Object> claims) {
        return new OutsideClaims(oidc("https://issuer.example.org", claim, roles))
                .convert(claims)
                .get("scope");
    }

    private static OutsideTokens tokens(OidcProperties oidc) {
        var security = new SecurityProperties(
                null,
                null,
                "abendkasse",
                Duration.ofMinutes(15),
                Duration.ofMinutes(60),
                Duration.ofSeconds(1),
                10,
                60,
                2,
                30,
                List.of());
        return new OutsideTokens(new OutsideKeys(Mono::never, oidc), oidc, security);
    }

    private static OidcProperties oidc(String issuer, String rolesClaim, Map<String, Set<String>> roles) {
        var second = Duration.ofSeconds(1);
        return new OidcProperties(
                issuer, "abendkasse-api", rolesClaim, roles, "preferred_username", second, second, second, second);
    }
}

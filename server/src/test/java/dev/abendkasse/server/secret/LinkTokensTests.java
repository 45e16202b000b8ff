package dev.abendkasse.server.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTokensTests {

    private static final UUID ID = UUID.fromString("0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b");

    private final LinkTokens tokens = new LinkTokens(new Secrets(new byte[32]));

    @Test
    void tokenNamesWhatItIsFor() {
        var token = tokens.tokenFor("claim", ID);

        assertThat(token).hasSize(64).matches("[A-Za-z0-9_-]+").isEqualTo(tokens.tokenFor("claim", ID));
        assertThat(tokens.read("claim", token)).contains(ID);
    }

    @Test
    void tokenOfAnotherPurposeOrKeySaysNothing() {
        var otherKey = new byte[32];
        otherKey[0] = 1;

        assertThat(tokens.read("reset", tokens.tokenFor("claim", ID))).isEmpty();
        assertThat(tokens.read("claim", new LinkTokens(new Secrets(otherKey)).tokenFor("claim", ID)))
                .isEmpty();
    }

    @Test
    void tokenIsBoundToItsId() {
        var other = tokens.tokenFor("claim", UUID.randomUUID());
        var mixed = tokens.tokenFor("claim", ID).substring(0, 21) + other.substring(21);

        assertThat(tokens.read("claim", mixed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not base64!", "Ärger"})
    void whatIsNoTokenSaysNothing(String text) {
        assertThat(tokens.read("claim", text)).isEmpty();
    }
}

package dev.abendkasse.server.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SecretsTests {

    private final Secrets secrets = new Secrets(new byte[32]);

    /** The hash of "abc" is the example of FIPS 180-4. */
    @Test
    void secretIsStoredAsItsSha256() {
        assertThat(secrets.hexHash("abc"))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                .isEqualTo(HexFormat.of().formatHex(secrets.hash("abc")));
    }
}

package dev.abendkasse.server.secret;

import dev.abendkasse.server.shared.MatchKey;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/** The keyed hash by which a person is recognised from an address, and from which the address cannot be had back. */
@Component
public class PersonKeys {

    private final Secrets secrets;

    PersonKeys(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Hex, as command functions take it. */
    public String keyOf(String email) {
        return HexFormat.of().formatHex(secrets.keyedHash("match-key", MatchKey.of(email)));
    }
}

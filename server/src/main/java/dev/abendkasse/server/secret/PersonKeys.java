package dev.abendkasse.server.secret;

import dev.abendkasse.server.shared.EmailAddress;
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

    /** As a column holds it. */
    public byte[] hashOf(EmailAddress address) {
        return hash(MatchKey.of(address));
    }

    /** Hex, as command functions take it. */
    public String keyOf(String email) {
        return HexFormat.of().formatHex(hash(MatchKey.of(email)));
    }

    private byte[] hash(String matchKey) {
        return secrets.keyedHash("match-key", matchKey);
    }
}

package dev.abendkasse.server.secret;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Secrets of links that are mailed. Each carries the id of what it is for and proves it, so that none has to be stored, and
 * statements can make any number of links.
 */
@Component
public class LinkTokens {

    private static final int ID_BYTES = 16;
    private static final int PROOF_BYTES = 32;

    private final Secrets secrets;

    LinkTokens(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The same every time: 64 characters that need no escaping in an address. */
    public String tokenFor(String purpose, UUID id) {
        var token = ByteBuffer.allocate(ID_BYTES + PROOF_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(proof(purpose, id));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** What a token is for; empty when it was not made here for this purpose. */
    public Optional<UUID> read(String purpose, String token) {
        return decoded(token)
                .filter(bytes -> bytes.length == ID_BYTES + PROOF_BYTES)
                .flatMap(bytes -> {
                    var ids = ByteBuffer.wrap(bytes);
                    var id = new UUID(ids.getLong(), ids.getLong());
                    var proof = Arrays.copyOfRange(bytes, ID_BYTES, bytes.length);
                    return Optional.of(id).filter(_ -> MessageDigest.isEqual(proof, proof(purpose, id)));
                });
    }

    private byte[] proof(String purpose, UUID id) {
        return secrets.keyedHash(purpose, id.toString());
    }

    private static Optional<byte[]> decoded(String token) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(token));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

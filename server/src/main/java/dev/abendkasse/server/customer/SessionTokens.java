package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.domain.Session;
import dev.abendkasse.server.secret.Secrets;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The tokens that renew sessions: each says which session and which generation of it, and proves that with the installation's key.
 * Nothing of them is stored, and the same generation has the same token.
 */
@Component
class SessionTokens {

    private static final String PURPOSE = "session";
    private static final int NAME_BYTES = 24;
    private static final int PROOF_BYTES = 32;

    private final Secrets secrets;

    SessionTokens(Secrets secrets) {
        this.secrets = secrets;
    }

    /** What a token stands for. */
    record Renewal(UUID sessionId, long generation) {}

    String tokenOf(Session session) {
        var renewal = new Renewal(session.sessionId(), session.generation());
        var token = ByteBuffer.allocate(NAME_BYTES + PROOF_BYTES)
                .putLong(renewal.sessionId.getMostSignificantBits())
                .putLong(renewal.sessionId.getLeastSignificantBits())
                .putLong(renewal.generation)
                .put(proof(renewal));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** Empty when it was not made here. */
    Optional<Renewal> read(String token) {
        return decoded(token)
                .filter(bytes -> bytes.length == NAME_BYTES + PROOF_BYTES)
                .flatMap(this::proven);
    }

    private Optional<Renewal> proven(byte[] token) {
        var name = ByteBuffer.wrap(token);
        var renewal = new Renewal(new UUID(name.getLong(), name.getLong()), name.getLong());
        var proof = Arrays.copyOfRange(token, NAME_BYTES, token.length);
        return Optional.of(renewal).filter(read -> MessageDigest.isEqual(proof, proof(read)));
    }

    private byte[] proof(Renewal renewal) {
        return secrets.keyedHash(PURPOSE, renewal.sessionId + ":" + renewal.generation);
    }

    private static Optional<byte[]> decoded(String token) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(token));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

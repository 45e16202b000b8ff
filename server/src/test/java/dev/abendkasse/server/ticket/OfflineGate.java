package dev.abendkasse.server.ticket;

import dev.abendkasse.sdk.model.TicketKey;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Checks codes with nothing but the contract's description, the published keys and the JDK. */
public final class OfflineGate {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** What a code says. */
    public record Read(UUID ticketId, UUID performanceId) {}

    private final List<TicketKey> keys;

    public OfflineGate(List<TicketKey> keys) {
        this.keys = keys;
    }

    /** Empty if nobody should come in with it. */
    public Optional<Read> read(String code) {
        if (!code.matches("[A-Z2-7]{160}")) {
            return Optional.empty();
        }
        var bytes = base32(code);
        var signed = Arrays.copyOf(bytes, 36);
        var signature = Arrays.copyOfRange(bytes, 36, 100);
        var keyStart = Base64.getUrlEncoder().encodeToString(Arrays.copyOfRange(signed, 1, 4));
        var right = signed[0] == 1
                && keys.stream()
                        .filter(key -> key.getKid().startsWith(keyStart))
                        .anyMatch(key -> verify(key, signed, signature));
        var ids = ByteBuffer.wrap(signed).position(4);
        return right
                ? Optional.of(new Read(new UUID(ids.getLong(), ids.getLong()), new UUID(ids.getLong(), ids.getLong())))
                : Optional.empty();
    }

    private static byte[] base32(String code) {
        var bits = new BigInteger(1, new byte[0]);
        for (var letter : code.toCharArray()) {
            bits = bits.shiftLeft(5).or(BigInteger.valueOf(ALPHABET.indexOf(letter)));
        }
        var bytes = new byte[100];
        var found = bits.toByteArray();
        var length = Math.min(100, found.length);
        System.arraycopy(found, found.length - length, bytes, 100 - length, length);
        return bytes;
    }

    private static boolean verify(TicketKey key, byte[] signed, byte[] signature) {
        try {
            var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(publicKey(key));
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey publicKey(TicketKey key) throws GeneralSecurityException {
        var curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        var point = new ECPoint(number(key.getX()), number(key.getY()));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(String base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
    }
}

package dev.abendkasse.server.ticket;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;

/**
 * ES256 signatures as JWS has them. The same message under the same key always has the same signature (RFC 6979), so that a
 * ticket has one code, however often it is printed.
 */
final class Es256 {

    private static final ECDomainParameters P_256 = new ECDomainParameters(CustomNamedCurves.getByName("P-256"));

    private Es256() {}

    static byte[] sign(ECKey key, byte[] message) {
        var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(key.getD().decodeToBigInteger(), P_256));
        var signature = signer.generateSignature(sha256(message));
        return PlainDSAEncoding.INSTANCE.encode(P_256.getN(), signature[0], signature[1]);
    }

    static boolean verify(ECKey key, byte[] message, byte[] signature) {
        try {
            var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(key.toECPublicKey());
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

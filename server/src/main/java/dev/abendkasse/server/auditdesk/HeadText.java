package dev.abendkasse.server.auditdesk;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import dev.abendkasse.server.auditdesk.domain.ChainHead;
import java.text.ParseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How a head is written as a compact JWS, and read. */
final class HeadText {

    private static final JOSEObjectType TYPE = new JOSEObjectType("audit-head");

    private HeadText() {}

    static String sign(ECKey key, ChainHead head, Instant now) {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(key.getKeyID())
                .build();
        var signed = new JWSObject(header, new Payload(claims(head, now)));
        try {
            signed.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return signed.serialize();
    }

    /** Nothing if it is no head, or signed by none of these. */
    static Optional<ChainHead> read(List<ECKey> keys, String text) {
        try {
            var signed = JWSObject.parse(text);
            return keys.stream().anyMatch(key -> isSignedBy(key, signed))
                    ? Optional.of(toHead(signed.getPayload().toJSONObject()))
                    : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> claims(ChainHead head, Instant now) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("seq", head.seq());
        if (head.at() != null) {
            claims.put("at", head.at().toString());
        }
        claims.put("hash", head.hash());
        claims.put("iat", now.getEpochSecond());
        return claims;
    }

    private static boolean isSignedBy(ECKey key, JWSObject signed) {
        var header = signed.getHeader();
        try {
            return TYPE.equals(header.getType())
                    && key.getKeyID().equals(header.getKeyID())
                    && signed.verify(new ECDSAVerifier(key.toECPublicKey()));
        } catch (JOSEException e) {
            return false;
        }
    }

    /** What we have signed is complete. */
    private static ChainHead toHead(Map<String, Object> claims) {
        var at = (String) claims.get("at");
        return new ChainHead(
                ((Number) Objects.requireNonNull(claims.get("seq"))).longValue(),
                at == null ? null : Instant.parse(at),
                (String) Objects.requireNonNull(claims.get("hash")));
    }
}

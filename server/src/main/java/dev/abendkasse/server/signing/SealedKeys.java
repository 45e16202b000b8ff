package dev.abendkasse.server.signing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.signing.domain.NewKey;
import dev.abendkasse.server.signing.domain.StoredKey;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HexFormat;

/** Makes keys, and reads and writes them as they are stored. */
final class SealedKeys {

    private static final String SEALED_FOR = "signing-key";

    private final Secrets secrets;

    SealedKeys(Secrets secrets) {
        this.secrets = secrets;
    }

    NewKey make() {
        var key = generate();
        var sealed = secrets.encrypt(SEALED_FOR, key.toJSONString().getBytes(StandardCharsets.UTF_8));
        return new NewKey(
                key.getKeyID(), key.toPublicJWK().toJSONString(), HexFormat.of().formatHex(sealed));
    }

    ECKey open(StoredKey key) {
        return parse(new String(secrets.decrypt(SEALED_FOR, key.privateKey()), StandardCharsets.UTF_8));
    }

    static ECKey published(StoredKey key) {
        return parse(key.publicKey());
    }

    private static ECKey generate() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey parse(String json) {
        try {
            return ECKey.parse(json);
        } catch (ParseException e) {
            throw new IllegalStateException("The table signing_key holds something else", e);
        }
    }
}

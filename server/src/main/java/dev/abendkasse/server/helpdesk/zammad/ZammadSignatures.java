package dev.abendkasse.server.helpdesk.zammad;

import dev.abendkasse.server.helpdesk.HelpDeskChoice;
import dev.abendkasse.server.helpdesk.HelpDeskProperties;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** Checks Zammad's signatures, {@code sha1=} and the hex of the HMAC-SHA1 of the body, with every token that is valid at the moment. */
@Component
@Conditional(HelpDeskChoice.Zammad.class)
class ZammadSignatures {

    private static final String ALGORITHM = "HmacSHA1";
    private static final String PREFIX = "sha1=";

    private final List<byte[]> tokens;

    ZammadSignatures(HelpDeskProperties properties) {
        this.tokens = properties.secrets().stream()
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    boolean fit(String signature, byte[] body) {
        var given = signature.getBytes(StandardCharsets.UTF_8);
        return tokens.stream().anyMatch(token -> MessageDigest.isEqual(given, expected(token, body)));
    }

    private static byte[] expected(byte[] token, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(token, ALGORITHM));
            return (PREFIX + HexFormat.of().formatHex(mac.doFinal(body))).getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

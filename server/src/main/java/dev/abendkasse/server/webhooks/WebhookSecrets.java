package dev.abendkasse.server.webhooks;

import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.standardwebhooks.SharedSecrets;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is signed with, as Standard Webhooks wants it. Outside of this class it is seen once, or encrypted. */
@Component
class WebhookSecrets {

    private static final int BYTES = 32;
    private static final String PURPOSE = "webhook-secret";
    private static final String PREFIX = "whsec_";

    private final Secrets secrets;
    private final SecureRandom random = new SecureRandom();

    WebhookSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * A new one.
     *
     * @param text for the endpoint's owner
     * @param encrypted for the database
     */
    record NewSecret(String text, byte[] encrypted) {}

    NewSecret make() {
        var secret = new byte[BYTES];
        random.nextBytes(secret);
        return new NewSecret(PREFIX + Base64.getEncoder().encodeToString(secret), secrets.encrypt(PURPOSE, secret));
    }

    /** @param encrypted every secret that is good; those that are null are left out */
    String sign(UUID id, Instant at, byte[] body, byte @Nullable [] @Nullable ... encrypted) {
        var good = Stream.of(encrypted)
                .filter(Objects::nonNull)
                .map(secret -> secrets.decrypt(PURPOSE, secret))
                .toList();
        return SharedSecrets.of(good).sign(id, at, new String(body, StandardCharsets.UTF_8));
    }
}

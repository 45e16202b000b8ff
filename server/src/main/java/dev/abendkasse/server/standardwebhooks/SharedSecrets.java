package dev.abendkasse.server.standardwebhooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Signs with every secret that is good, and takes what one of them has signed within the last five minutes. */
public final class SharedSecrets {

    private final List<Webhook> secrets;

    private SharedSecrets(List<Webhook> secrets) {
        this.secrets = secrets;
    }

    /**
     * As settings have them, with or without {@code whsec_}.
     *
     * @param setting where they stand, for the message that one of them is empty
     */
    public static SharedSecrets of(List<String> secrets, String setting) {
        return new SharedSecrets(
                secrets.stream().map(secret -> webhook(secret, setting)).toList());
    }

    /** @param secrets as bytes */
    public static SharedSecrets of(List<byte[]> secrets) {
        return new SharedSecrets(secrets.stream().map(SharedSecrets::webhook).toList());
    }

    /** Without any, nothing is signed and nothing fits. */
    public boolean isEmpty() {
        return secrets.isEmpty();
    }

    public String sign(UUID id, Instant at, String body) {
        return secrets.stream().map(secret -> sign(secret, id, at, body)).collect(Collectors.joining(" "));
    }

    public boolean fit(SignedMessage message) {
        var headers = Map.of(
                Webhook.UNBRANDED_MSG_ID_KEY, List.of(message.id()),
                Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, List.of(message.timestamp()),
                Webhook.UNBRANDED_MSG_SIGNATURE_KEY, List.of(message.signature()));
        return secrets.stream().anyMatch(secret -> fits(secret, message.body(), headers));
    }

    private static String sign(Webhook secret, UUID id, Instant at, String body) {
        try {
            return secret.sign(id.toString(), at.getEpochSecond(), body);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean fits(Webhook secret, String body, Map<String, List<String>> headers) {
        try {
            secret.verify(body, headers);
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private static Webhook webhook(String secret, String setting) {
        try {
            return new Webhook(secret);
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException("A secret in " + setting + " is empty", e);
        }
    }

    private static Webhook webhook(byte[] secret) {
        try {
            return new Webhook(secret);
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalStateException(e);
        }
    }
}

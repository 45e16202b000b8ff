package dev.abendkasse.server.sandbox;

import dev.abendkasse.server.secret.Secrets;

/** The secret that the sandbox and the shop share for notifications, derived from the installation's key. */
public final class SandboxWebhooks {

    private SandboxWebhooks() {}

    public static byte[] secret(Secrets secrets) {
        return secrets.keyedHash("sandbox-webhook", "1");
    }
}

package dev.abendkasse.server.payment.stripe;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import dev.abendkasse.server.payment.ProviderChoice;
import java.util.List;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** Checks Stripe's signatures with every secret that is valid at the moment. */
@Component
@Conditional(ProviderChoice.Stripe.class)
class StripeSignatures {

    private final List<String> secrets;
    private final long tolerance;

    StripeSignatures(StripeProperties properties) {
        this.secrets = properties.signingSecrets();
        this.tolerance = properties.tolerance().toSeconds();
    }

    boolean fit(String signature, String body) {
        return secrets.stream().anyMatch(secret -> fits(secret, signature, body));
    }

    /** A header that has not its form makes the library fail in all sorts of ways. */
    private boolean fits(String secret, String signature, String body) {
        try {
            return Webhook.Signature.verifyHeader(body, signature, secret, tolerance);
        } catch (SignatureVerificationException | RuntimeException e) {
            return false;
        }
    }
}

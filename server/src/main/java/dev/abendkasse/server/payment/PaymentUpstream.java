package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.PaymentId;
import java.util.UUID;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** The payment provider as a service that checkout needs and that can be down. */
@Service
public class PaymentUpstream {

    /** What incidents of it are called. */
    public static final String NAME = "payment";

    private static final PaymentId OF_NOBODY = new PaymentId(new UUID(0, 0));
    private static final String REFERENCE_OF_NOBODY = "pi_0";

    private final PaymentProvider provider;

    PaymentUpstream(PaymentProvider provider) {
        this.provider = provider;
    }

    /**
     * Whether it answers, by asking how a payment stands that does not exist: needs the same rights and machines as real questions, and
     * changes nothing. Never fails.
     */
    public Mono<Boolean> answers() {
        return provider.standing(OF_NOBODY, REFERENCE_OF_NOBODY)
                .thenReturn(true)
                .onErrorResume(ProviderRefused.class, refusal -> Mono.just(!refusal.ofAccess()))
                .onErrorReturn(ProviderUnavailable.class, false);
    }
}

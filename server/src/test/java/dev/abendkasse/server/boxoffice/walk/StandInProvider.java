package dev.abendkasse.server.boxoffice.walk;

import dev.abendkasse.server.payment.OpenPayment;
import dev.abendkasse.server.payment.OpenRefund;
import dev.abendkasse.server.payment.PaymentProvider;
import dev.abendkasse.server.payment.ProviderSession;
import dev.abendkasse.server.payment.ProviderStanding;
import dev.abendkasse.server.payment.ProviderUnavailable;
import dev.abendkasse.server.payment.RefundReceipt;
import dev.abendkasse.server.shared.PaymentId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A payment provider that opens payments, or does not, as the walk has it. What becomes of them the walk tells by itself. */
final class StandInProvider implements PaymentProvider {

    /** How it is today. */
    enum Mood {
        UP,
        DOWN,
        /** The server dies while it asks. */
        CUT_OFF
    }

    /** What happens instead of an answer when the server dies. */
    static final class CutOff extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    private Mood mood = Mood.UP;

    void is(Mood today) {
        mood = today;
    }

    @Override
    public Mono<ProviderSession> open(OpenPayment payment) {
        return switch (mood) {
            case UP -> Mono.just(new ProviderSession(referenceOf(payment), "https://pay.example.org", null));
            case DOWN -> Mono.error(new ProviderUnavailable("down", null));
            case CUT_OFF -> Mono.error(new CutOff());
        };
    }

    @Override
    public Mono<Void> cancel(PaymentId payment, @Nullable String reference) {
        return Mono.empty();
    }

    @Override
    public Mono<ProviderStanding> standing(PaymentId payment, @Nullable String reference) {
        return Mono.empty();
    }

    @Override
    public Mono<RefundReceipt> refund(OpenRefund refund) {
        return Mono.never();
    }

    private static String referenceOf(OpenPayment payment) {
        return "ref-" + payment.payment().value();
    }
}

package dev.abendkasse.server.payment.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.abendkasse.server.payment.OpenPayment;
import dev.abendkasse.server.payment.OpenRefund;
import dev.abendkasse.server.payment.PaymentFact;
import dev.abendkasse.server.payment.PaymentProvider;
import dev.abendkasse.server.payment.ProviderChoice;
import dev.abendkasse.server.payment.ProviderRefused;
import dev.abendkasse.server.payment.ProviderSession;
import dev.abendkasse.server.payment.ProviderStanding;
import dev.abendkasse.server.payment.ProviderUnavailable;
import dev.abendkasse.server.payment.RefundReceipt;
import dev.abendkasse.server.payment.provider.ProviderCalls;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Takes payments as Stripe's payment intents. */
@Component
@Conditional(ProviderChoice.Stripe.class)
class StripePaymentProvider implements PaymentProvider {

    private static final String INTENTS = "/v1/payment_intents";
    private static final String REFUNDS = "/v1/refunds";
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_]{1,200}");
    private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");
    private static final Pattern CLIENT_SECRET = Pattern.compile("[!-~]{1,500}");

    private final StripeApi stripe;
    private final ProviderCalls calls;

    StripePaymentProvider(StripeApi stripe, ProviderCalls calls) {
        this.stripe = stripe;
        this.calls = calls;
    }

    @Override
    public Mono<ProviderSession> open(OpenPayment payment) {
        return Mono.defer(() -> stripe.make(INTENTS, payment.payment().value().toString(), StripeForms.intent(payment)))
                .map(answer -> session(answer.accepted()))
                .transform(calls::limited);
    }

    /**
     * An intent whose name we never stored is left alone: its client secret was never stored either, so nobody has it, and
     * without it nobody can pay. What is opened while it is being cancelled is cancelled again, under its name.
     */
    @Override
    public Mono<Void> cancel(PaymentId payment, @Nullable String reference) {
        return reference == null
                ? Mono.empty()
                : stripe.act(INTENTS + "/" + UriUtils.encodePathSegment(reference, UTF_8) + "/cancel")
                        .flatMap(StripePaymentProvider::cancelled)
                        .transform(calls::limited);
    }

    /** Nobody can have paid an intent whose name we never stored. */
    @Override
    public Mono<ProviderStanding> standing(PaymentId payment, @Nullable String reference) {
        return reference == null
                ? Mono.empty()
                : stripe.show(INTENTS + "/" + UriUtils.encodePathSegment(reference, UTF_8))
                        .filter(answer -> !answer.code().equals("resource_missing"))
                        .flatMap(answer -> Mono.justOrEmpty(standing(answer.accepted())))
                        .transform(calls::limited);
    }

    /** Looks first: Stripe forgets idempotency keys after a day, and a refund may be tried again much later. */
    @Override
    public Mono<RefundReceipt> refund(OpenRefund refund) {
        return made(refund).switchIfEmpty(Mono.defer(() -> make(refund)));
    }

    private Mono<RefundReceipt> made(OpenRefund refund) {
        return stripe.list(REFUNDS, StripeForms.refundsOf(refund.reference()))
                .flatMapMany(answer -> Flux.fromIterable(answer.accepted().path("data")))
                .filter(one -> isThis(refund, one))
                .next()
                .map(StripePaymentProvider::receipt)
                .transform(calls::limited);
    }

    private Mono<RefundReceipt> make(OpenRefund refund) {
        return stripe.make(REFUNDS, refund.refund().toString(), StripeForms.refund(refund))
                .map(answer -> receipt(answer.accepted()))
                .transform(calls::limited);
    }

    private static boolean isThis(OpenRefund refund, JsonNode listed) {
        return listed.path("metadata")
                .path(StripeForms.REFUND)
                .asString("")
                .equals(refund.refund().toString());
    }

    private static ProviderSession session(JsonNode intent) {
        return new ProviderSession(
                require(REFERENCE, intent, "id"), null, require(CLIENT_SECRET, intent, "client_secret"));
    }

    private static Optional<ProviderStanding> standing(JsonNode intent) {
        var tried = intent.path("last_payment_error").isObject();
        return StripeStates.standing(intent.path("status").asString(""), tried)
                .map(kind -> new ProviderStanding(kind, money(intent, kind), require(REFERENCE, intent, "id")));
    }

    private static Money money(JsonNode intent, PaymentFact.Kind kind) {
        var amount = intent.path(kind == PaymentFact.Kind.SUCCEEDED ? "amount_received" : "amount");
        if (!amount.isIntegralNumber() || !amount.canConvertToLong() || amount.longValue() < 0) {
            throw new ProviderUnavailable("Stripe's answer has no usable amount", null);
        }
        return Money.of(
                amount.longValue(), require(CURRENCY, intent, "currency").toUpperCase(Locale.ROOT));
    }

    private static RefundReceipt receipt(JsonNode refund) {
        var state = StripeStates.refund(refund.path("status").asString(""));
        return new RefundReceipt(require(REFERENCE, refund, "id"), state);
    }

    private static Mono<Void> cancelled(StripeAnswer answer) {
        return switch (answer.code()) {
            case "resource_missing" -> Mono.empty();
            case "payment_intent_unexpected_state" -> ended(answer);
            default -> Mono.fromRunnable(answer::accepted);
        };
    }

    private static Mono<Void> ended(StripeAnswer answer) {
        return answer.intentStatus().equals("canceled")
                ? Mono.empty()
                : Mono.error(() -> new ProviderRefused(answer.status().value(), answer.code(), true));
    }

    private static String require(Pattern pattern, JsonNode object, String field) {
        var value = object.path(field).asString("");
        if (!pattern.matcher(value).matches()) {
            throw new ProviderUnavailable("Stripe's answer has no usable " + field, null);
        }
        return value;
    }
}

package dev.abendkasse.server.payment.provider;

import dev.abendkasse.server.payment.OpenPayment;
import dev.abendkasse.server.payment.OpenRefund;
import dev.abendkasse.server.payment.PaymentProperties;
import dev.abendkasse.server.payment.PaymentProvider;
import dev.abendkasse.server.payment.ProviderChoice;
import dev.abendkasse.server.payment.ProviderRefused;
import dev.abendkasse.server.payment.ProviderSession;
import dev.abendkasse.server.payment.ProviderStanding;
import dev.abendkasse.server.payment.ProviderUnavailable;
import dev.abendkasse.server.payment.RefundReceipt;
import dev.abendkasse.server.shared.PaymentId;
import dev.abendkasse.server.web.PublicAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Speaks with the payment provider over HTTP, in the sandbox's protocol. */
@Component
@Conditional(ProviderChoice.Other.class)
class HttpPaymentProvider implements PaymentProvider {

    private static final String KEY = "Idempotency-Key";
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int TOO_MANY_REQUESTS = 429;

    private final WebClient http;
    private final PaymentProperties properties;
    private final ProviderCalls calls;
    private final ProviderAddress provider;
    private final PublicAddress here;

    HttpPaymentProvider(
            @Qualifier("paymentHttp") WebClient http,
            PaymentProperties properties,
            ProviderCalls calls,
            ProviderAddress provider,
            PublicAddress here) {
        this.http = http;
        this.properties = properties;
        this.calls = calls;
        this.provider = provider;
        this.here = here;
    }

    @Override
    public Mono<ProviderSession> open(OpenPayment payment) {
        return Mono.defer(() -> sendOpen(payment)).transform(calls::limited);
    }

    @Override
    public Mono<Void> cancel(PaymentId payment, @Nullable String reference) {
        return Mono.defer(() -> sendCancel(payment, reference)).transform(calls::limited);
    }

    @Override
    public Mono<ProviderStanding> standing(PaymentId payment, @Nullable String reference) {
        return Mono.defer(() -> sendQuestion(payment)).transform(calls::limited);
    }

    @Override
    public Mono<RefundReceipt> refund(OpenRefund refund) {
        return Mono.defer(() -> sendRefund(refund)).transform(calls::limited);
    }

    private Mono<ProviderSession> sendOpen(OpenPayment payment) {
        return http.post()
                .uri(provider.of("/payments"))
                .header(KEY, payment.payment().value().toString())
                .bodyValue(OpenRequest.of(payment, here.of("/v1/payment-notifications/" + properties.provider())))
                .exchangeToMono(HttpPaymentProvider::session);
    }

    private Mono<Void> sendCancel(PaymentId payment, @Nullable String reference) {
        return http.post()
                .uri(provider.of("/payments/" + payment.value() + "/cancel"))
                .header(KEY, "cancel-" + payment.value())
                .bodyValue(reference == null ? Map.of() : Map.of("reference", reference))
                .exchangeToMono(HttpPaymentProvider::cancelled);
    }

    private Mono<ProviderStanding> sendQuestion(PaymentId payment) {
        return http.get()
                .uri(provider.of("/payments/" + payment.value() + "/state"))
                .exchangeToMono(HttpPaymentProvider::standing);
    }

    private Mono<RefundReceipt> sendRefund(OpenRefund refund) {
        return http.post()
                .uri(provider.of("/payments/" + refund.payment().value() + "/refunds"))
                .header(KEY, refund.refund().toString())
                .bodyValue(RefundRequest.of(refund))
                .exchangeToMono(HttpPaymentProvider::receipt);
    }

    private static Mono<ProviderSession> session(ClientResponse response) {
        return response.statusCode().is2xxSuccessful()
                ? response.bodyToMono(OpenResponse.class)
                        .map(OpenResponse::toSession)
                        .switchIfEmpty(Mono.error(() -> new ProviderUnavailable("The answer is empty", null)))
                : response.releaseBody().then(Mono.error(() -> failure(response.statusCode())));
    }

    private static Mono<RefundReceipt> receipt(ClientResponse response) {
        return response.statusCode().is2xxSuccessful()
                ? response.bodyToMono(RefundResponse.class)
                        .map(RefundResponse::toReceipt)
                        .switchIfEmpty(Mono.error(() -> new ProviderUnavailable("The answer is empty", null)))
                : response.releaseBody().then(Mono.error(() -> failure(response.statusCode())));
    }

    private static Mono<ProviderStanding> standing(ClientResponse response) {
        if (response.statusCode().is2xxSuccessful()) {
            return response.bodyToMono(StateResponse.class)
                    .switchIfEmpty(Mono.error(() -> new ProviderUnavailable("The answer is empty", null)))
                    .flatMap(state -> Mono.justOrEmpty(state.toStanding()));
        }
        return response.statusCode().value() == NOT_FOUND
                ? response.releaseBody().then(Mono.empty())
                : response.releaseBody().then(Mono.error(() -> failure(response.statusCode())));
    }

    private static Mono<Void> cancelled(ClientResponse response) {
        var status = response.statusCode();
        var done = status.is2xxSuccessful() || status.value() == NOT_FOUND || status.value() == GONE;
        return done ? response.releaseBody() : response.releaseBody().then(Mono.error(() -> failure(status)));
    }

    private static RuntimeException failure(HttpStatusCode status) {
        return status.is4xxClientError() && status.value() != TOO_MANY_REQUESTS
                ? new ProviderRefused(status.value())
                : new ProviderUnavailable("It answered " + status.value(), null);
    }
}

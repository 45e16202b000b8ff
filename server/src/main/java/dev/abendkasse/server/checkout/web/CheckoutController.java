package dev.abendkasse.server.checkout.web;

import dev.abendkasse.api.CheckoutApi;
import dev.abendkasse.api.model.CheckoutOutcome;
import dev.abendkasse.api.model.CheckoutRequest;
import dev.abendkasse.server.checkout.CheckoutService;
import dev.abendkasse.server.checkout.domain.CheckoutCommand;
import dev.abendkasse.server.shared.CartId;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.web.AnswerSlot;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Languages;
import dev.abendkasse.server.web.Repeats;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class CheckoutController implements CheckoutApi {

    private final CheckoutService checkout;
    private final CheckoutMapper mapper;
    private final Commands commands;
    private final Repeats repeats;
    private final AnswerSlot slot;

    CheckoutController(
            CheckoutService checkout, CheckoutMapper mapper, Commands commands, Repeats repeats, AnswerSlot slot) {
        this.checkout = checkout;
        this.mapper = mapper;
        this.commands = commands;
        this.repeats = repeats;
        this.slot = slot;
    }

    @Override
    public Mono<ResponseEntity<CheckoutOutcome>> checkout(
            UUID cartId, UUID idempotencyKey, String ifMatch, Mono<CheckoutRequest> body, ServerWebExchange exchange) {
        var token = Headers.secret(exchange, "Cart-Token");
        var version = Objects.requireNonNull(Headers.version(ifMatch));
        return body.zipWith(
                        Headers.customer(exchange),
                        (request, customer) -> toCommand(
                                new CartId(cartId),
                                token,
                                version,
                                customer,
                                request,
                                idempotencyKey,
                                language(exchange)))
                .flatMap(command -> commands.run(checkout.checkOut(command)))
                .flatMap(outcome -> answer(outcome, exchange));
    }

    private CheckoutCommand toCommand(
            CartId cart,
            String token,
            long version,
            Optional<CustomerId> customer,
            CheckoutRequest request,
            UUID key,
            String language) {
        return new CheckoutCommand(
                cart,
                token,
                version,
                customer.orElse(null),
                CheckoutMapper.toDomain(request),
                language,
                repeats.of("checkout:" + cart.value(), key, request, version));
    }

    private static String language(ServerWebExchange exchange) {
        return Languages.of(exchange.getRequest()).getLanguage();
    }

    /** A redirect, and nothing else, leaves at the boundary of its slot. */
    private Mono<ResponseEntity<CheckoutOutcome>> answer(
            dev.abendkasse.server.checkout.domain.CheckoutOutcome outcome, ServerWebExchange exchange) {
        var answer = mapper.toContract(outcome, exchange.getLocaleContext().getLocale());
        return outcome instanceof dev.abendkasse.server.checkout.domain.CheckoutOutcome.Redirect
                ? slot.hold(exchange, answer)
                : Mono.just(answer);
    }
}

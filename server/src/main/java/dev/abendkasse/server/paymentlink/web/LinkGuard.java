package dev.abendkasse.server.paymentlink.web;

import dev.abendkasse.server.paymentlink.LinkOutcome;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.ClientAddress;
import dev.abendkasse.server.web.Throttle;
import dev.abendkasse.server.web.WebProperties;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Slows down an address that uses links too often, the more so if it guesses, and whoever uses one link too often. */
@Component
class LinkGuard {

    private static final int COST_OF_A_GUESS = 5;

    private final Throttle addresses;
    private final Throttle links;

    LinkGuard(WebProperties properties) {
        this.addresses = new Throttle(properties.linksPerMinute());
        this.links = new Throttle(properties.linksPerMinute());
    }

    <T> Mono<LinkOutcome<T>> guard(ServerWebExchange exchange, String tokenHash, Mono<LinkOutcome<T>> use) {
        var address = ClientAddress.of(exchange.getRequest()).prefix();
        return addresses
                .admit(address)
                .then(links.admit(tokenHash))
                .then(use)
                .doOnNext(outcome -> chargeGuess(address, outcome));
    }

    private void chargeGuess(String address, LinkOutcome<?> outcome) {
        if (outcome.equals(new LinkOutcome.Refused<>(ProblemType.PAYMENT_LINK_NOT_FOUND))) {
            addresses.charge(address, COST_OF_A_GUESS);
        }
    }
}

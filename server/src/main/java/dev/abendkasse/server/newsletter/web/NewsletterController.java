package dev.abendkasse.server.newsletter.web;

import dev.abendkasse.api.NewsletterApi;
import dev.abendkasse.api.model.NewsletterLink;
import dev.abendkasse.api.model.NewsletterReceipt;
import dev.abendkasse.api.model.NewsletterSubscription;
import dev.abendkasse.api.model.NewsletterWording;
import dev.abendkasse.api.model.OwnNewsletter;
import dev.abendkasse.server.newsletter.Subscriptions;
import dev.abendkasse.server.newsletter.domain.OwnStanding;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Languages;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What visitors and customers say about the newsletter. */
@RestController
class NewsletterController implements NewsletterApi {

    private final Subscriptions subscriptions;
    private final AskGuard guard;
    private final Commands commands;
    private final Texts texts;

    NewsletterController(Subscriptions subscriptions, AskGuard guard, Commands commands, Texts texts) {
        this.subscriptions = subscriptions;
        this.guard = guard;
        this.commands = commands;
        this.texts = texts;
    }

    @Override
    public Mono<ResponseEntity<NewsletterWording>> getNewsletterWording(ServerWebExchange exchange) {
        var language = Languages.of(exchange.getRequest());
        return subscriptions
                .wording()
                .map(wording -> new NewsletterWording(wording.version(), wording.text(language)))
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<NewsletterReceipt>> subscribeToNewsletter(
            Mono<NewsletterSubscription> body, ServerWebExchange exchange) {
        return body.map(NewsletterMapper::toEmail)
                .delayUntil(_ -> guard.admitAsk(exchange))
                .flatMap(email -> commands.run(subscriptions.ask(email, AskGuard.from(exchange))))
                .then(Mono.defer(() -> guard.hold(exchange, texts.receipt(exchange, "newsletter.asked"))))
                .map(ResponseEntity.accepted()::body);
    }

    @Override
    public Mono<ResponseEntity<NewsletterReceipt>> confirmNewsletter(
            Mono<NewsletterLink> body, ServerWebExchange exchange) {
        return body.delayUntil(_ -> guard.admitLink(exchange))
                .flatMap(link -> commands.run(subscriptions.confirm(link.getToken(), AskGuard.from(exchange))))
                .map(NewsletterMapper::doneOrProblem)
                .map(_ -> ResponseEntity.ok(texts.receipt(exchange, "newsletter.confirmed")));
    }

    @Override
    public Mono<ResponseEntity<NewsletterReceipt>> withdrawNewsletter(
            Mono<NewsletterLink> body, ServerWebExchange exchange) {
        return body.delayUntil(_ -> guard.admitLink(exchange))
                .flatMap(link -> commands.run(subscriptions.withdrawByLink(link.getToken(), AskGuard.from(exchange))))
                .then(Mono.fromSupplier(() -> ResponseEntity.ok(texts.receipt(exchange, "newsletter.withdrawn"))));
    }

    @Override
    public Mono<ResponseEntity<OwnNewsletter>> getOwnNewsletter(ServerWebExchange exchange) {
        return customer(exchange)
                .flatMap(subscriptions::own)
                .as(NewsletterController::known)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<OwnNewsletter>> subscribeMe(ServerWebExchange exchange) {
        return customer(exchange)
                .delayUntil(_ -> guard.admitAsk(exchange))
                .flatMap(customer -> commands.run(subscriptions.ask(customer, AskGuard.from(exchange))))
                .as(NewsletterController::known)
                .map(ResponseEntity.accepted()::body);
    }

    @Override
    public Mono<ResponseEntity<OwnNewsletter>> unsubscribeMe(ServerWebExchange exchange) {
        return customer(exchange)
                .flatMap(customer -> commands.run(subscriptions.withdraw(customer, AskGuard.from(exchange))))
                .as(NewsletterController::known)
                .map(ResponseEntity::ok);
    }

    private static Mono<CustomerId> customer(ServerWebExchange exchange) {
        return Headers.customer(exchange).flatMap(Mono::justOrEmpty);
    }

    /** A token may outlive its account. */
    private static Mono<OwnNewsletter> known(Mono<OwnStanding> standing) {
        return standing.switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.UNAUTHORIZED)))
                .map(NewsletterMapper::toContract);
    }
}

package dev.abendkasse.server.newsletter.web;

import dev.abendkasse.api.NewsletterDeskApi;
import dev.abendkasse.api.model.NewsletterStanding;
import dev.abendkasse.api.model.NewsletterWithdrawalReason;
import dev.abendkasse.api.model.NewsletterWordingDraft;
import dev.abendkasse.api.model.NewsletterWordingList;
import dev.abendkasse.api.model.NewsletterWordingVersion;
import dev.abendkasse.server.newsletter.SubscriptionDesk;
import dev.abendkasse.server.newsletter.domain.CustomerStanding;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Customers' newsletters and the words that customers say yes to, as staff see them. */
@RestController
class NewsletterDeskController implements NewsletterDeskApi {

    private final SubscriptionDesk desk;
    private final Commands commands;

    NewsletterDeskController(SubscriptionDesk desk, Commands commands) {
        this.desk = desk;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<NewsletterWordingList>> listNewsletterWordings(ServerWebExchange exchange) {
        return desk.wordings()
                .map(wordings -> new NewsletterWordingList(
                        wordings.stream().map(NewsletterMapper::toContract).toList()))
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<NewsletterWordingVersion>> createNewsletterWording(
            Mono<NewsletterWordingDraft> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), (draft, by) -> desk.reword(draft.getTextDe(), draft.getTextEn(), by))
                .flatMap(commands::run)
                .map(NewsletterMapper::toContract)
                .map(ResponseEntity.status(HttpStatus.CREATED)::body);
    }

    @Override
    public Mono<ResponseEntity<NewsletterStanding>> getCustomerNewsletter(UUID customerId, ServerWebExchange exchange) {
        return desk.of(customerId).as(NewsletterDeskController::answer);
    }

    @Override
    public Mono<ResponseEntity<NewsletterStanding>> withdrawCustomerNewsletter(
            UUID customerId, Mono<NewsletterWithdrawalReason> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), (reason, by) -> desk.withdraw(customerId, reason.getReason(), by))
                .flatMap(commands::run)
                .as(NewsletterDeskController::answer);
    }

    private static Mono<ResponseEntity<NewsletterStanding>> answer(Mono<CustomerStanding> standing) {
        return standing.switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.CUSTOMER_NOT_FOUND)))
                .map(NewsletterMapper::toContract)
                .map(ResponseEntity::ok);
    }
}

package dev.abendkasse.server.newsletter.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.newsletter.domain.ConfirmationFacts;
import dev.abendkasse.server.newsletter.domain.ConsentFact.Source;
import dev.abendkasse.server.newsletter.domain.CustomerStanding;
import dev.abendkasse.server.newsletter.domain.NewsletterResult;
import dev.abendkasse.server.newsletter.domain.NewsletterState;
import dev.abendkasse.server.newsletter.domain.OwnStanding;
import dev.abendkasse.server.newsletter.domain.Wording;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What was said about the newsletter; the commands are functions of R__3_newsletter.sql. */
@Repository
public class ConsentStore {

    private static final String WORDINGS = """
            select version, text_de, text_en, created_at, created_by
              from newsletter_wording
             order by version desc
             limit :limit
            """;

    private static final String STANDING = """
            select newsletter_standing_view(:customerId) where newsletter_standing_view(:customerId) is not null
            """;

    private static final String OWN = """
            select view from own_newsletter_view(:customerId) view where view is not null
            """;

    private static final String CONFIRMATION_FACTS = """
            select facts from newsletter_confirmation_facts(:requestId) facts where facts is not null
            """;

    private static final String FORGET = """
            select forget_newsletter_requests(:limit)
            """;

    private static final int MOST_WORDINGS = 1000;

    private final DatabaseClient db;
    private final Functions functions;

    ConsentStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** The one in force. */
    public Mono<Wording> wording() {
        return wordings(1).next();
    }

    /** The newest first. */
    public Flux<Wording> wordings() {
        return wordings(MOST_WORDINGS);
    }

    private Flux<Wording> wordings(int limit) {
        return db.sql(WORDINGS)
                .bind("limit", limit)
                .map(ConsentStore::toWording)
                .all();
    }

    private record Rewording(String textDe, String textEn, String by) {}

    public Mono<Wording> reword(String textDe, String textEn, String by) {
        return functions
                .call("add_newsletter_wording", new Rewording(textDe, textEn, by))
                .map(answer -> functions.read(answer, Wording.class));
    }

    private record Question(
            @Nullable String canonical, @Nullable UUID customerId, Source source, String fromAddress) {}

    /** Posts a mail if an account has this address and was sent none today. */
    public Mono<Void> ask(String canonical, String from) {
        return ask(new Question(canonical, null, Source.SHOP, from));
    }

    public Mono<Void> ask(CustomerId customer, String from) {
        return ask(new Question(null, customer.value(), Source.ACCOUNT, from));
    }

    private Mono<Void> ask(Question question) {
        return functions.call("ask_for_newsletter", question).then();
    }

    /** Empty when there is nothing to confirm any more. */
    public Mono<ConfirmationFacts> confirmationFacts(UUID request) {
        return db.sql(CONFIRMATION_FACTS)
                .bind("requestId", request)
                .mapValue(Json.class)
                .one()
                .map(facts -> functions.parse(facts, ConfirmationFacts.class));
    }

    private record Confirmation(UUID requestId, String fromAddress) {}

    public Mono<NewsletterResult<NewsletterState>> confirm(UUID request, String from) {
        return functions
                .call("confirm_newsletter", new Confirmation(request, from))
                .map(answer -> answer.has("refused")
                        ? new NewsletterResult.Refused<>(
                                ProblemType.valueOf(answer.get("refused").asString()), null)
                        : new NewsletterResult.Done<>(
                                NewsletterState.valueOf(answer.get("state").asString())));
    }

    private record MailWithdrawal(UUID deliveryId, Source source, String fromAddress) {}

    public Mono<Void> withdrawByMail(UUID delivery, Source source, String from) {
        return functions
                .call("withdraw_by_mail", new MailWithdrawal(delivery, source, from))
                .then();
    }

    /** Takes personal data out of requests that were never confirmed. Says of how many. */
    public Mono<Integer> forget(int limit) {
        return db.sql(FORGET).bind("limit", limit).mapValue(Integer.class).one();
    }

    /** Empty when the account is no more. */
    public Mono<OwnStanding> own(CustomerId customer) {
        return db.sql(OWN)
                .bind("customerId", customer.value())
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, OwnStanding.class));
    }

    private record OwnWithdrawal(UUID customerId, String fromAddress) {}

    public Mono<Void> withdraw(CustomerId customer, String from) {
        return functions
                .call("withdraw_own_newsletter", new OwnWithdrawal(customer.value(), from))
                .then();
    }

    /** Empty when there is no such customer. */
    public Mono<CustomerStanding> of(UUID customerId) {
        return db.sql(STANDING)
                .bind("customerId", customerId)
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, CustomerStanding.class));
    }

    private record StaffWithdrawal(UUID customerId, String reason, String by) {}

    /** Empty when there is no such customer. */
    public Mono<CustomerStanding> withdrawFor(UUID customerId, String reason, String by) {
        return functions
                .call("withdraw_newsletter_for", new StaffWithdrawal(customerId, reason, by))
                .filter(answer -> !answer.has("refused"))
                .map(answer -> functions.read(answer, CustomerStanding.class));
    }

    private static Wording toWording(Readable row) {
        return new Wording(
                value(row, "version", Integer.class),
                value(row, "text_de", String.class),
                value(row, "text_en", String.class),
                value(row, "created_at", Instant.class),
                row.get("created_by", String.class));
    }
}

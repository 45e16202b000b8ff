package dev.abendkasse.server.newsletter.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.newsletter.domain.Delivery;
import dev.abendkasse.server.newsletter.domain.Issue;
import dev.abendkasse.server.newsletter.domain.IssueDraft;
import dev.abendkasse.server.newsletter.domain.IssueText;
import dev.abendkasse.server.newsletter.domain.NewsletterResult;
import dev.abendkasse.server.newsletter.domain.Reach;
import dev.abendkasse.server.shared.EmailAddress;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Issues; the commands are functions of R__6_newsletter_issues.sql. */
@Repository
public class IssueStore {

    private static final TimeCursor<UUID> END =
            new TimeCursor<>(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

    private static final UUID FIRST = new UUID(0, 0);

    private static final String FIND = """
            select newsletter_issue_view(issue) from newsletter_issue issue where issue_id = :issueId
            """;

    private static final String LIST = """
            select newsletter_issue_view(issue)
              from newsletter_issue issue
             where (created_at, issue_id) < (:at, :id)
             order by created_at desc, issue_id desc
             limit :limit
            """;

    private static final String REACH = """
            select newsletter_reach()
            """;

    private static final String DELIVERIES = """
            select newsletter_delivery_view(delivery)
              from newsletter_delivery delivery
             where issue_id = :issueId and delivery_id > :after
             order by delivery_id
             limit :limit
            """;

    private final DatabaseClient db;
    private final Functions functions;

    IssueStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    public Mono<Issue> find(UUID issueId) {
        return db.sql(FIND)
                .bind("issueId", issueId)
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, Issue.class));
    }

    /** The newest first. */
    public Flux<Issue> list(@Nullable TimeCursor<UUID> before, int limit) {
        var end = before == null ? END : before;
        return db.sql(LIST)
                .bind("at", end.at())
                .bind("id", end.id())
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(found -> functions.parse(found, Issue.class));
    }

    /** Who would get an issue now. Looks at everybody. */
    public Mono<Reach> reach() {
        return db.sql(REACH).mapValue(Json.class).one().map(found -> functions.parse(found, Reach.class));
    }

    /** In the order in which their turns came. */
    public Flux<Delivery> deliveries(UUID issueId, @Nullable UUID after, int limit) {
        return db.sql(DELIVERIES)
                .bind("issueId", issueId)
                .bind("after", after == null ? FIRST : after)
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(found -> functions.parse(found, Delivery.class));
    }

    private record Addition(String name, Map<String, IssueText> contents, String by) {}

    public Mono<Issue> add(IssueDraft draft, String by) {
        return functions
                .call("add_newsletter_issue", new Addition(draft.name(), draft.contents(), by))
                .map(answer -> functions.read(answer, Issue.class));
    }

    private record Change(UUID issueId, long version, String name, Map<String, IssueText> contents, String by) {}

    public Mono<NewsletterResult<Issue>> change(UUID issueId, long version, IssueDraft draft, String by) {
        return functions
                .call("change_newsletter_issue", new Change(issueId, version, draft.name(), draft.contents(), by))
                .map(this::toIssue);
    }

    private record Sending(
            UUID issueId, long version, @Nullable Instant sendAt, String by) {}

    public Mono<NewsletterResult<Issue>> send(UUID issueId, long version, @Nullable Instant at, String by) {
        return functions
                .call("send_newsletter_issue", new Sending(issueId, version, at, by))
                .map(this::toIssue);
    }

    private record Turn(UUID issueId, long version, String by) {}

    /** @param function what is to be done with it, a constant of the caller */
    public Mono<NewsletterResult<Issue>> turn(String function, UUID issueId, long version, String by) {
        return functions.call(function, new Turn(issueId, version, by)).map(this::toIssue);
    }

    private record Test(UUID issueId, String language, List<Address> to, String by) {}

    private record Address(String email, String canonical) {}

    public Mono<NewsletterResult<Integer>> test(UUID issueId, List<EmailAddress> to, String language, String by) {
        var addresses = to.stream()
                .map(one -> new Address(one.typed(), one.canonical()))
                .toList();
        return functions
                .call("test_newsletter_issue", new Test(issueId, language, addresses, by))
                .map(answer -> toResult(answer, () -> answer.get("mails").asInt()));
    }

    private NewsletterResult<Issue> toIssue(JsonNode answer) {
        return toResult(answer, () -> functions.read(answer, Issue.class));
    }

    private static <T> NewsletterResult<T> toResult(JsonNode answer, Supplier<T> done) {
        if (!answer.has("refused")) {
            return new NewsletterResult.Done<>(done.get());
        }
        var position = answer.has("position") ? answer.get("position").asInt() : null;
        return new NewsletterResult.Refused<>(
                ProblemType.valueOf(answer.get("refused").asString()), position);
    }
}

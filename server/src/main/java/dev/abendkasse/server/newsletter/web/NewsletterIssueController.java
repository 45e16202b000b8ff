package dev.abendkasse.server.newsletter.web;

import dev.abendkasse.api.NewsletterIssuesApi;
import dev.abendkasse.api.model.NewsletterDispatch;
import dev.abendkasse.api.model.NewsletterIssue;
import dev.abendkasse.api.model.NewsletterIssueDraft;
import dev.abendkasse.api.model.NewsletterIssuePage;
import dev.abendkasse.api.model.NewsletterPreview;
import dev.abendkasse.api.model.NewsletterTest;
import dev.abendkasse.api.model.NewsletterTestReceipt;
import dev.abendkasse.server.newsletter.IssueReports;
import dev.abendkasse.server.newsletter.Issues;
import dev.abendkasse.server.newsletter.domain.Issue;
import dev.abendkasse.server.newsletter.domain.NewsletterResult;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.TimeCursors;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Issues, as staff write and send them. */
@RestController
class NewsletterIssueController implements NewsletterIssuesApi {

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final ContentDisposition ATTACHMENT =
            ContentDisposition.attachment().filename("newsletter.csv").build();

    private final Issues issues;
    private final IssueReports reports;
    private final Commands commands;

    NewsletterIssueController(Issues issues, IssueReports reports, Commands commands) {
        this.issues = issues;
        this.reports = reports;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<NewsletterIssuePage>> listNewsletterIssues(
            @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        return issues.list(TimeCursors.read(cursor, UUID::fromString), limit)
                .map(IssueMapper::toPage)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<NewsletterIssue>> createNewsletterIssue(
            Mono<NewsletterIssueDraft> body, ServerWebExchange exchange) {
        return body.map(IssueMapper::toDomain)
                .zipWith(Callers.name(), issues::write)
                .flatMap(commands::run)
                .map(issue -> answer(HttpStatus.CREATED, issue));
    }

    @Override
    public Mono<ResponseEntity<NewsletterIssue>> getNewsletterIssue(UUID issueId, ServerWebExchange exchange) {
        return issues.find(issueId).as(NewsletterIssueController::known).map(issue -> answer(HttpStatus.OK, issue));
    }

    @Override
    public Mono<ResponseEntity<NewsletterIssue>> updateNewsletterIssue(
            UUID issueId, String ifMatch, Mono<NewsletterIssueDraft> body, ServerWebExchange exchange) {
        return body.map(IssueMapper::toDomain)
                .zipWith(Callers.name(), (draft, by) -> issues.change(issueId, version(ifMatch), draft, by))
                .flatMap(commands::run)
                .map(result -> doneOrProblem(HttpStatus.OK, result));
    }

    @Override
    public Mono<ResponseEntity<NewsletterPreview>> getNewsletterPreview(
            UUID issueId, String language, ServerWebExchange exchange) {
        return issues.preview(issueId, language)
                .as(NewsletterIssueController::known)
                .map(IssueMapper::toContract)
                .map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<NewsletterTestReceipt>> testNewsletterIssue(
            UUID issueId, Mono<NewsletterTest> body, ServerWebExchange exchange) {
        return body.zipWith(
                        Callers.name(),
                        (test, by) -> issues.test(issueId, IssueMapper.toAddresses(test), test.getLanguage(), by))
                .flatMap(commands::run)
                .map(IssueMapper::testOrProblem)
                .map(ResponseEntity.accepted()::body);
    }

    @Override
    public Mono<ResponseEntity<NewsletterIssue>> sendNewsletterIssue(
            UUID issueId, String ifMatch, Mono<NewsletterDispatch> body, ServerWebExchange exchange) {
        return body.zipWith(
                        Callers.name(),
                        (dispatch, by) -> issues.send(issueId, version(ifMatch), dispatch.getSendAt(), by))
                .flatMap(commands::run)
                .map(result -> doneOrProblem(HttpStatus.ACCEPTED, result));
    }

    @Override
    public Mono<ResponseEntity<NewsletterIssue>> pauseNewsletterIssue(
            UUID issueId, String ifMatch, ServerWebExchange exchange) {
        return turned(by -> issues.pause(issueId, version(ifMatch), by));
    }

    @Override
    public Mono<ResponseEntity<NewsletterIssue>> resumeNewsletterIssue(
            UUID issueId, String ifMatch, ServerWebExchange exchange) {
        return turned(by -> issues.resume(issueId, version(ifMatch), by));
    }

    @Override
    public Mono<ResponseEntity<NewsletterIssue>> cancelNewsletterIssue(
            UUID issueId, String ifMatch, ServerWebExchange exchange) {
        return turned(by -> issues.cancel(issueId, version(ifMatch), by));
    }

    @Override
    public Mono<ResponseEntity<Resource>> downloadNewsletterDeliveries(
            UUID issueId, @Nullable UUID after, Integer rows, ServerWebExchange exchange) {
        return Callers.name()
                .flatMap(by -> commands.run(reports.part(issueId, after, rows, by)))
                .as(NewsletterIssueController::known)
                .map(NewsletterIssueController::toDownload);
    }

    private Mono<ResponseEntity<NewsletterIssue>> turned(Function<String, Mono<NewsletterResult<Issue>>> turn) {
        return Callers.name()
                .flatMap(by -> commands.run(turn.apply(by)))
                .map(result -> doneOrProblem(HttpStatus.OK, result));
    }

    private static long version(String ifMatch) {
        return Objects.requireNonNull(Headers.version(ifMatch));
    }

    private static <T> Mono<T> known(Mono<T> found) {
        return found.switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.NEWSLETTER_ISSUE_NOT_FOUND)));
    }

    private static ResponseEntity<NewsletterIssue> doneOrProblem(HttpStatus status, NewsletterResult<Issue> result) {
        return answer(status, NewsletterMapper.doneOrProblem(result));
    }

    private static ResponseEntity<NewsletterIssue> answer(HttpStatus status, Issue issue) {
        return ResponseEntity.status(status).eTag(Headers.etag(issue.version())).body(IssueMapper.toContract(issue));
    }

    private static ResponseEntity<Resource> toDownload(String file) {
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, ATTACHMENT.toString())
                .body(new ByteArrayResource(file.getBytes(StandardCharsets.UTF_8)));
    }
}

package dev.abendkasse.server.newsletter.web;

import dev.abendkasse.api.model.NewsletterContents;
import dev.abendkasse.api.model.NewsletterIssue;
import dev.abendkasse.api.model.NewsletterIssueDraft;
import dev.abendkasse.api.model.NewsletterIssuePage;
import dev.abendkasse.api.model.NewsletterIssueState;
import dev.abendkasse.api.model.NewsletterLeftOut;
import dev.abendkasse.api.model.NewsletterObstacle;
import dev.abendkasse.api.model.NewsletterPreview;
import dev.abendkasse.api.model.NewsletterProgress;
import dev.abendkasse.api.model.NewsletterTest;
import dev.abendkasse.api.model.NewsletterTestReceipt;
import dev.abendkasse.api.model.NewsletterText;
import dev.abendkasse.server.newsletter.domain.Issue;
import dev.abendkasse.server.newsletter.domain.IssueDraft;
import dev.abendkasse.server.newsletter.domain.IssueText;
import dev.abendkasse.server.newsletter.domain.LeftOut;
import dev.abendkasse.server.newsletter.domain.NewsletterResult;
import dev.abendkasse.server.newsletter.domain.Preview;
import dev.abendkasse.server.shared.EmailAddress;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Contract types on one side, domain types on the other. */
final class IssueMapper {

    private IssueMapper() {}

    static IssueDraft toDomain(NewsletterIssueDraft draft) {
        var contents = new TreeMap<String, IssueText>();
        put(contents, "de", draft.getContents().getDe());
        put(contents, "en", draft.getContents().getEn());
        if (contents.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, Fault.at("#/contents", "{newsletter.fault.no-contents}"));
        }
        return new IssueDraft(draft.getName(), contents);
    }

    private static void put(Map<String, IssueText> contents, String language, @Nullable NewsletterText text) {
        if (text != null) {
            contents.put(language, new IssueText(text.getSubject(), text.getBody()));
        }
    }

    static List<EmailAddress> toAddresses(NewsletterTest test) {
        var to = List.copyOf(test.getTo());
        return IntStream.range(0, to.size())
                .mapToObj(i -> EmailAddress.parse(to.get(i))
                        .orElseThrow(() -> new ProblemException(
                                ProblemType.INVALID_REQUEST, Fault.at("#/to/" + i, "{fault.Email}"))))
                .toList();
    }

    static NewsletterTestReceipt testOrProblem(NewsletterResult<Integer> result) {
        return switch (result) {
            case NewsletterResult.Done<Integer>(var mails) -> new NewsletterTestReceipt(mails);
            case NewsletterResult.Refused<Integer>(var problem, var position) ->
                throw position == null
                        ? new ProblemException(problem)
                        : new ProblemException(problem, Fault.at("#/to/" + position, "{newsletter.fault.customer}"));
        };
    }

    static NewsletterIssuePage toPage(Page<Issue> page) {
        return new NewsletterIssuePage(
                        page.items().stream().map(IssueMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static NewsletterIssue toContract(Issue issue) {
        return new NewsletterIssue(
                        issue.issueId(),
                        issue.version(),
                        issue.name(),
                        new NewsletterContents()
                                .de(toContract(issue.contents().get("de")))
                                .en(toContract(issue.contents().get("en"))),
                        NewsletterIssueState.valueOf(issue.state().name()),
                        issue.createdAt(),
                        issue.createdBy(),
                        progress(issue))
                .sendAt(issue.sendAt())
                .startedAt(issue.startedAt())
                .endedAt(issue.endedAt());
    }

    static NewsletterPreview toContract(Preview preview) {
        return new NewsletterPreview(
                preview.subject(),
                preview.html(),
                preview.text(),
                preview.reach().recipients(),
                toContract(preview.reach().leftOut()),
                preview.reach().open());
    }

    /** Those who had never said yes are counted when it has ended, and not kept one by one. */
    private static NewsletterProgress progress(Issue issue) {
        var leftOut = new ArrayList<>(toContract(issue.counts().leftOut()));
        if (issue.noConsent() != null) {
            leftOut.addFirst(new NewsletterLeftOut(NewsletterObstacle.NO_CONSENT, issue.noConsent()));
        }
        return new NewsletterProgress(
                issue.counts().sent(), issue.counts().waiting(), issue.counts().bounced(), leftOut);
    }

    private static List<NewsletterLeftOut> toContract(List<LeftOut> leftOut) {
        return leftOut.stream()
                .map(one -> new NewsletterLeftOut(
                        NewsletterObstacle.valueOf(one.reason().name()), one.count()))
                .toList();
    }

    private static @Nullable NewsletterText toContract(@Nullable IssueText text) {
        return text == null ? null : new NewsletterText(text.subject(), text.body());
    }
}

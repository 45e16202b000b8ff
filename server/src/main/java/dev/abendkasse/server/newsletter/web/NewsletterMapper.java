package dev.abendkasse.server.newsletter.web;

import dev.abendkasse.api.model.NewsletterFact;
import dev.abendkasse.api.model.NewsletterFactKind;
import dev.abendkasse.api.model.NewsletterObstacle;
import dev.abendkasse.api.model.NewsletterSource;
import dev.abendkasse.api.model.NewsletterStanding;
import dev.abendkasse.api.model.NewsletterState;
import dev.abendkasse.api.model.NewsletterSubscription;
import dev.abendkasse.api.model.NewsletterWordingVersion;
import dev.abendkasse.api.model.OwnNewsletter;
import dev.abendkasse.server.newsletter.domain.ConsentFact;
import dev.abendkasse.server.newsletter.domain.CustomerStanding;
import dev.abendkasse.server.newsletter.domain.NewsletterResult;
import dev.abendkasse.server.newsletter.domain.OwnStanding;
import dev.abendkasse.server.newsletter.domain.Wording;
import dev.abendkasse.server.shared.EmailAddress;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;

/** Contract types on one side, domain types on the other. */
final class NewsletterMapper {

    private NewsletterMapper() {}

    static EmailAddress toEmail(NewsletterSubscription subscription) {
        return EmailAddress.parse(subscription.getEmail())
                .orElseThrow(
                        () -> new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#/email", "{fault.Email}")));
    }

    static OwnNewsletter toContract(OwnStanding standing) {
        return new OwnNewsletter(NewsletterState.valueOf(standing.state().name()), standing.email())
                .since(standing.since())
                .addressConfirmed(standing.addressConfirmed());
    }

    static NewsletterStanding toContract(CustomerStanding standing) {
        var obstacle = standing.obstacle();
        return new NewsletterStanding(
                        standing.customerId(),
                        NewsletterState.valueOf(standing.state().name()),
                        standing.softBounces(),
                        standing.history().stream()
                                .map(NewsletterMapper::toContract)
                                .toList())
                .obstacle(obstacle == null ? null : NewsletterObstacle.valueOf(obstacle.name()))
                .unreachableSince(standing.unreachableSince())
                .unreachableStatus(standing.unreachableStatus());
    }

    private static NewsletterFact toContract(ConsentFact fact) {
        return new NewsletterFact(
                        NewsletterFactKind.valueOf(fact.kind().name()),
                        fact.at(),
                        NewsletterSource.valueOf(fact.source().name()))
                .wordingVersion(fact.wordingVersion())
                .wording(fact.wording())
                .email(fact.email())
                .fromAddress(fact.fromAddress())
                .note(fact.note())
                .by(fact.by());
    }

    static NewsletterWordingVersion toContract(Wording wording) {
        return new NewsletterWordingVersion(wording.version(), wording.textDe(), wording.textEn(), wording.createdAt())
                .createdBy(wording.createdBy());
    }

    static <T> T doneOrProblem(NewsletterResult<T> result) {
        return switch (result) {
            case NewsletterResult.Done<T>(var done) -> done;
            case NewsletterResult.Refused<T>(var problem, var _) -> throw new ProblemException(problem);
        };
    }
}

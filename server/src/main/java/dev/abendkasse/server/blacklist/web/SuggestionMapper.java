package dev.abendkasse.server.blacklist.web;

import dev.abendkasse.api.model.BlacklistFact;
import dev.abendkasse.api.model.BlacklistFactCount;
import dev.abendkasse.api.model.BlacklistFactKind;
import dev.abendkasse.api.model.BlacklistSuggestion;
import dev.abendkasse.api.model.BlacklistSuggestionDismissal;
import dev.abendkasse.api.model.BlacklistSuggestionFile;
import dev.abendkasse.api.model.BlacklistSuggestionPage;
import dev.abendkasse.api.model.BlacklistSuggestionReason;
import dev.abendkasse.api.model.BlacklistSuggestionRule;
import dev.abendkasse.api.model.PurchasePerformance;
import dev.abendkasse.server.blacklist.domain.Candidate;
import dev.abendkasse.server.blacklist.domain.Dismissal;
import dev.abendkasse.server.blacklist.domain.DismissalResult;
import dev.abendkasse.server.blacklist.domain.FactKind;
import dev.abendkasse.server.blacklist.domain.Suggestion;
import dev.abendkasse.server.blacklist.domain.SuggestionFact;
import dev.abendkasse.server.blacklist.domain.SuggestionFile;
import dev.abendkasse.server.blacklist.domain.SuggestionReason;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.web.PurchaseMapper;

/** Contract types on one side, domain types on the other. Names of kinds and rules are the same on both sides. */
final class SuggestionMapper {

    private SuggestionMapper() {}

    static BlacklistSuggestionPage toPage(Page<Suggestion> page) {
        return new BlacklistSuggestionPage()
                .items(page.items().stream().map(SuggestionMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static BlacklistSuggestionFile toContract(SuggestionFile file) {
        return new BlacklistSuggestionFile()
                .suggestion(toContract(file.suggestion()))
                .facts(file.facts().stream().map(SuggestionMapper::toContract).toList());
    }

    static BlacklistSuggestionDismissal dismissedOrProblem(DismissalResult result) {
        return switch (result) {
            case DismissalResult.Dismissed(var dismissal) -> toContract(dismissal);
            case DismissalResult.Refused(var problem) -> throw new ProblemException(problem);
        };
    }

    private static BlacklistSuggestion toContract(Suggestion suggestion) {
        var person = suggestion.person();
        return new BlacklistSuggestion()
                .suggestionId(person.suggestionId())
                .version(person.version())
                .customerId(person.customerId())
                .name(person.name())
                .email(person.email())
                .reasons(suggestion.reasons().stream()
                        .map(SuggestionMapper::toContract)
                        .toList())
                .counts(person.counts().stream()
                        .map(SuggestionMapper::toContract)
                        .toList())
                .since(person.since())
                .latestFactAt(person.latestFactAt());
    }

    private static BlacklistSuggestionReason toContract(SuggestionReason reason) {
        return new BlacklistSuggestionReason()
                .rule(BlacklistSuggestionRule.valueOf(reason.rule().name()))
                .found(reason.found())
                .threshold(reason.threshold());
    }

    private static BlacklistFactCount toContract(Candidate.Count count) {
        return new BlacklistFactCount().kind(toContract(count.kind())).count(count.count());
    }

    private static BlacklistFact toContract(SuggestionFact fact) {
        return new BlacklistFact()
                .factId(fact.factId())
                .kind(toContract(fact.kind()))
                .at(fact.at())
                .orderId(fact.orderId())
                .orderNumber(fact.orderNumber())
                .amount(PurchaseMapper.toContract(fact.amount().money()))
                .performances(fact.performances().stream()
                        .map(SuggestionMapper::toContract)
                        .toList());
    }

    private static PurchasePerformance toContract(SuggestionFact.Performance performance) {
        return new PurchasePerformance(
                performance.performanceId(), performance.title(), performance.hall(), performance.startsAt());
    }

    private static BlacklistFactKind toContract(FactKind kind) {
        return BlacklistFactKind.valueOf(kind.name());
    }

    private static BlacklistSuggestionDismissal toContract(Dismissal dismissal) {
        return new BlacklistSuggestionDismissal()
                .suggestionId(dismissal.suggestionId())
                .facts(dismissal.facts())
                .note(dismissal.note())
                .dismissedBy(dismissal.dismissedBy())
                .dismissedAt(dismissal.dismissedAt());
    }
}

package dev.abendkasse.server.blacklist.store;

import dev.abendkasse.server.blacklist.domain.Candidate;
import dev.abendkasse.server.blacklist.domain.Dismissal;
import dev.abendkasse.server.blacklist.domain.DismissalDraft;
import dev.abendkasse.server.blacklist.domain.DismissalResult;
import dev.abendkasse.server.blacklist.domain.SuggestionFact;
import dev.abendkasse.server.blacklist.domain.SuggestionRules;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What counts against persons; the functions of R__6_suggestions.sql. */
@Repository
public class SuggestionStore {

    private final Functions functions;

    SuggestionStore(Functions functions) {
        this.functions = functions;
    }

    /** Somebody with facts, whether or not these are enough. */
    public record Found(Candidate candidate, List<SuggestionFact> facts) {}

    /** What the database needs of the rules, to leave out early whom they cannot mean. */
    private record Bounds(long windowSeconds, int minFacts, int minPurchases, int minSharePercent) {

        static Bounds of(SuggestionRules rules) {
            return new Bounds(
                    rules.window().toSeconds(), rules.minFacts(), rules.minPurchases(), rules.minSharePercent());
        }
    }

    private record Search(
            Bounds rules,
            @Nullable Instant beforeAt,
            @Nullable UUID beforeId,
            int limit) {}

    private record Lookup(UUID suggestionId, Bounds rules) {}

    private record Decision(UUID suggestionId, long version, String note, String by, Bounds rules) {}

    /** Those with the newest facts first. */
    public Mono<List<Candidate>> candidates(SuggestionRules rules, @Nullable TimeCursor<UUID> before, int limit) {
        var search = new Search(
                Bounds.of(rules), before == null ? null : before.at(), before == null ? null : before.id(), limit);
        return functions
                .call("suggestion_candidates", search)
                .map(answer -> List.of(functions.read(answer.get("candidates"), Candidate[].class)));
    }

    /** Empty when nothing counts against anybody of this id. */
    public Mono<Found> find(UUID suggestionId, SuggestionRules rules) {
        return functions
                .call("find_suggestion", new Lookup(suggestionId, Bounds.of(rules)))
                .filter(answer -> !answer.has("refused"))
                .map(answer -> functions.read(answer, Found.class));
    }

    /** Until the transaction ends nobody else blocks this person or decides on them. */
    public Mono<Void> lock(UUID suggestionId) {
        return functions
                .call("lock_suggested", Map.of("suggestionId", suggestionId))
                .then();
    }

    public Mono<DismissalResult> dismiss(DismissalDraft draft, SuggestionRules rules) {
        var decision = new Decision(draft.suggestionId(), draft.version(), draft.note(), draft.by(), Bounds.of(rules));
        return functions.call("dismiss_suggestion", decision).map(this::toResult);
    }

    private DismissalResult toResult(JsonNode answer) {
        return answer.has("refused")
                ? new DismissalResult.Refused(
                        ProblemType.valueOf(answer.get("refused").asString()))
                : new DismissalResult.Dismissed(functions.read(answer.get("dismissal"), Dismissal.class));
    }
}

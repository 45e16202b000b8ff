package dev.abendkasse.server.blacklist;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.blacklist.domain.Candidate;
import dev.abendkasse.server.blacklist.domain.DismissalDraft;
import dev.abendkasse.server.blacklist.domain.DismissalResult;
import dev.abendkasse.server.blacklist.domain.Suggestion;
import dev.abendkasse.server.blacklist.domain.SuggestionFact;
import dev.abendkasse.server.blacklist.domain.SuggestionFile;
import dev.abendkasse.server.blacklist.domain.SuggestionRules;
import dev.abendkasse.server.blacklist.store.SuggestionStore;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Tells staff whom they might block, and keeps their decision not to. It blocks nobody. */
@Service
public class SuggestionService {

    /** More than a page can hold, so that a page is short only where the rules leave out many of those with facts. */
    private static final int LOOKED_AT = 200;

    private static final String READ = "blacklist.read-suggestions";

    private final SuggestionStore suggestions;
    private final SuggestionRules rules;
    private final Audit audit;
    private final TransactionalOperator transaction;

    SuggestionService(
            SuggestionStore suggestions,
            SuggestionProperties properties,
            Audit audit,
            TransactionalOperator transaction) {
        this.suggestions = suggestions;
        this.rules = properties.rules();
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * Those with the newest facts first. That somebody looks is written down.
     *
     * @param by who looks
     */
    public Mono<Page<Suggestion>> list(@Nullable TimeCursor<UUID> before, int limit, String by) {
        return audit.noted(
                suggestions.candidates(rules, before, LOOKED_AT).map(found -> page(found, limit)),
                page -> AuditNote.of(by, READ, null, Map.of("suggestions", ids(page))));
    }

    /** Empty when nobody is suggested under this id. That somebody looks is written down. */
    public Mono<SuggestionFile> find(UUID suggestionId, String by) {
        return audit.noted(
                suggested(suggestionId).map(this::file),
                file -> AuditNote.of(
                        by,
                        READ,
                        suggestionId,
                        Map.of(
                                "facts",
                                file.facts().stream()
                                        .map(SuggestionFact::factId)
                                        .toList())));
    }

    /** One person after the other: who comes second finds what the first has decided. */
    public Mono<DismissalResult> dismiss(DismissalDraft draft) {
        return suggestions
                .lock(draft.suggestionId())
                .then(Mono.defer(() -> suggested(draft.suggestionId())))
                .flatMap(_ -> suggestions.dismiss(draft, rules))
                .defaultIfEmpty(new DismissalResult.Refused(ProblemType.BLACKLIST_SUGGESTION_NOT_FOUND))
                .as(transaction::transactional);
    }

    private Mono<SuggestionStore.Found> suggested(UUID suggestionId) {
        return suggestions.find(suggestionId, rules).filter(found -> rules.suggest(found.candidate()));
    }

    private SuggestionFile file(SuggestionStore.Found found) {
        return new SuggestionFile(rules.suggestion(found.candidate()), found.facts());
    }

    private Page<Suggestion> page(List<Candidate> found, int limit) {
        var suggested =
                found.stream().filter(rules::suggest).map(rules::suggestion).toList();
        if (suggested.size() <= limit && found.size() == LOOKED_AT) {
            return new Page<>(suggested, cursor(found.getLast()));
        }
        return Page.of(suggested, limit, last -> cursor(last.person()));
    }

    private static List<UUID> ids(Page<Suggestion> page) {
        return page.items().stream()
                .map(suggestion -> suggestion.person().suggestionId())
                .toList();
    }

    private static String cursor(Candidate last) {
        return new TimeCursor<>(last.latestFactAt(), last.suggestionId()).text();
    }
}

package dev.abendkasse.server.redirects;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.redirects.domain.DisclosureRecord;
import dev.abendkasse.server.redirects.domain.DisclosureRequest;
import dev.abendkasse.server.redirects.domain.DisclosureResult;
import dev.abendkasse.server.redirects.domain.DisclosureSearch;
import dev.abendkasse.server.redirects.store.DisclosureStore;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.shared.Page;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Lets staff tell a person what is held about them, and remembers that they were told. Nothing is sent. */
@Service
public class Disclosures {

    private final DisclosureStore disclosures;
    private final PersonKeys persons;
    private final Audit audit;

    Disclosures(DisclosureStore disclosures, PersonKeys persons, Audit audit) {
        this.disclosures = disclosures;
        this.persons = persons;
        this.audit = audit;
    }

    /** @param by who has it made */
    public Mono<DisclosureResult> disclose(DisclosureRequest request, String by) {
        return disclosures.disclose(new DisclosureStore.Asked(
                request.customerId(),
                request.email(),
                keyOf(request.email()),
                request.proof(),
                Objects.requireNonNullElse(request.checkedBy(), by),
                request.language(),
                by));
    }

    /**
     * The newest first. That somebody looks is written down.
     *
     * @param by who looks
     */
    public Mono<Page<DisclosureRecord>> find(DisclosureSearch search, String by) {
        var key = keyOf(search.email());
        return audit.noted(
                disclosures.search(search, key).map(found -> Page.of(found, search.limit(), DisclosureRecord::cursor)),
                page -> AuditNote.of(
                        by,
                        "blacklist.read-disclosures",
                        key == null ? search.customerId() : key,
                        shown(search, page)));
    }

    private static Map<String, @Nullable Object> shown(DisclosureSearch search, Page<DisclosureRecord> page) {
        var shown = new HashMap<String, @Nullable Object>();
        shown.put("customerId", search.customerId());
        shown.put(
                "found",
                page.items().stream().map(DisclosureRecord::disclosureId).toList());
        return shown;
    }

    private @Nullable String keyOf(@Nullable String email) {
        return email == null ? null : persons.keyOf(email);
    }
}

package dev.abendkasse.server.blacklist;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.blacklist.domain.BlacklistDraft;
import dev.abendkasse.server.blacklist.domain.BlacklistEntry;
import dev.abendkasse.server.blacklist.domain.BlacklistResult;
import dev.abendkasse.server.blacklist.store.BlacklistStore;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Blocks persons and lifts blocks. */
@Service
public class BlacklistService {

    private final BlacklistStore entries;
    private final PersonKeys persons;
    private final Audit audit;

    BlacklistService(BlacklistStore entries, PersonKeys persons, Audit audit) {
        this.entries = entries;
        this.persons = persons;
        this.audit = audit;
    }

    /** @param by who blocks */
    public Mono<BlacklistResult> add(BlacklistDraft draft, String by) {
        return entries.add(new BlacklistStore.Addition(
                draft.customerId(), draft.email(), keyOf(draft.email()), draft.reason(), draft.endsAt(), by));
    }

    /**
     * The newest first. That somebody looks is written down, under the key of the address that they look for.
     *
     * @param email only what stands in the way of a buyer with this address
     * @param active only entries in force
     * @param by who looks
     */
    public Mono<Page<BlacklistEntry>> list(
            @Nullable String email, boolean active, @Nullable TimeCursor<UUID> before, int limit, String by) {
        var key = keyOf(email);
        return audit.noted(
                entries.list(key, active, before, limit + 1)
                        .collectList()
                        .map(found -> Page.of(found, limit, BlacklistService::cursor)),
                page -> AuditNote.of(by, "blacklist.read", key, shown(email, active, page)));
    }

    private static Map<String, @Nullable Object> shown(
            @Nullable String email, boolean active, Page<BlacklistEntry> page) {
        var shown = new HashMap<String, @Nullable Object>();
        shown.put("q", email);
        shown.put("active", active);
        shown.put("entries", page.items().stream().map(BlacklistEntry::entryId).toList());
        return shown;
    }

    /** The entry, lifted now or earlier; empty when there is none. */
    public Mono<BlacklistEntry> lift(UUID entryId, String by, @Nullable String note) {
        return entries.lift(entryId, by, note);
    }

    private @Nullable String keyOf(@Nullable String email) {
        return email == null ? null : persons.keyOf(email);
    }

    private static String cursor(BlacklistEntry entry) {
        return new TimeCursor<>(entry.createdAt(), entry.entryId()).text();
    }
}

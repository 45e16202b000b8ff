package dev.abendkasse.server.blacklist;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.blacklist.domain.BlacklistEntry;
import dev.abendkasse.server.blacklist.domain.BlacklistHistory;
import dev.abendkasse.server.blacklist.domain.BlacklistPerson;
import dev.abendkasse.server.blacklist.store.BlacklistLists;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Looking at entries, which is written down: under the key of the address that somebody looks for, not the address. */
@Service
public class BlacklistSearches {

    private final BlacklistLists lists;
    private final PersonKeys persons;
    private final Audit audit;

    BlacklistSearches(BlacklistLists lists, PersonKeys persons, Audit audit) {
        this.lists = lists;
        this.persons = persons;
        this.audit = audit;
    }

    /**
     * All entries, the newest first.
     *
     * @param active only entries in force
     * @param by who looks
     */
    public Mono<Page<BlacklistEntry>> list(boolean active, @Nullable TimeCursor<UUID> before, int limit, String by) {
        return audit.noted(
                lists.list(active, before, limit + 1)
                        .collectList()
                        .map(found -> Page.of(found, limit, BlacklistSearches::cursor)),
                page -> AuditNote.of(by, "blacklist.read", null, shown(null, active, page)));
    }

    /** Entries that stand in the way of this person, the newest first. */
    public Mono<Page<BlacklistEntry>> find(
            BlacklistPerson person, boolean active, @Nullable TimeCursor<UUID> before, int limit, String by) {
        var key = person.email() == null ? null : persons.keyOf(person.email());
        return audit.noted(
                lists.find(key, person.customerId(), active, before, limit + 1)
                        .collectList()
                        .map(found -> Page.of(found, limit, BlacklistSearches::cursor)),
                page -> AuditNote.of(
                        by, "blacklist.search", subject(person, key), shown(person.email(), active, page)));
    }

    /** What was done with an entry, the newest first; empty when there is no such entry. */
    public Mono<Page<BlacklistHistory>> history(UUID entryId, @Nullable TimeCursor<Long> before, int limit, String by) {
        return audit.noted(
                lists.history(entryId, before, limit + 1)
                        .collectList()
                        .filter(found -> !found.isEmpty() || before != null)
                        .map(found -> Page.of(found, limit, BlacklistSearches::cursor)),
                _ -> AuditNote.of(by, "blacklist.read-history", entryId.toString(), Map.of()));
    }

    private static @Nullable String subject(BlacklistPerson person, @Nullable String key) {
        return person.customerId() == null ? key : person.customerId().toString();
    }

    private static Map<String, @Nullable Object> shown(
            @Nullable String email, boolean active, Page<BlacklistEntry> page) {
        var shown = new HashMap<String, @Nullable Object>();
        shown.put("email", email);
        shown.put("active", active);
        shown.put("entries", page.items().stream().map(BlacklistEntry::entryId).toList());
        return shown;
    }

    private static String cursor(BlacklistEntry entry) {
        return new TimeCursor<>(entry.createdAt(), entry.entryId()).text();
    }

    private static String cursor(BlacklistHistory done) {
        return new TimeCursor<>(done.at(), done.version()).text();
    }
}

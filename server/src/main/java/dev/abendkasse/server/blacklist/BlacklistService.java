package dev.abendkasse.server.blacklist;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.blacklist.domain.BlacklistChange;
import dev.abendkasse.server.blacklist.domain.BlacklistDraft;
import dev.abendkasse.server.blacklist.domain.BlacklistEntry;
import dev.abendkasse.server.blacklist.domain.BlacklistPerson;
import dev.abendkasse.server.blacklist.domain.BlacklistPreview;
import dev.abendkasse.server.blacklist.domain.BlacklistResult;
import dev.abendkasse.server.blacklist.store.BlacklistStore;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.shared.Idempotency;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Blocks persons, which ends what they have open, changes blocks and lifts them. */
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
    public Mono<BlacklistResult<BlacklistEntry>> add(BlacklistDraft draft, String by, Idempotency repeat) {
        var person = draft.person();
        return entries.add(new BlacklistStore.Addition(
                person.customerId(),
                person.email(),
                keyOf(person),
                draft.reason(),
                draft.evidence(),
                draft.endsAt(),
                draft.orders(),
                by,
                repeat));
    }

    /** What a block of this person would find now; changes nothing. */
    public Mono<BlacklistResult<BlacklistPreview>> preview(BlacklistPerson person, String by) {
        return entries.preview(new BlacklistStore.Look(person.customerId(), keyOf(person), by));
    }

    /** The entry; empty when there is none. That somebody looks is written down. */
    public Mono<BlacklistEntry> find(UUID entryId, String by) {
        return audit.noted(
                entries.find(entryId), _ -> AuditNote.of(by, "blacklist.read", entryId.toString(), Map.of()));
    }

    public Mono<BlacklistResult<BlacklistEntry>> change(BlacklistChange change) {
        return entries.change(change);
    }

    /** The entry, lifted now or earlier; empty when there is none. */
    public Mono<BlacklistEntry> lift(UUID entryId, String by, @Nullable String note) {
        return entries.lift(entryId, by, note);
    }

    private @Nullable String keyOf(BlacklistPerson person) {
        return person.email() == null ? null : persons.keyOf(person.email());
    }
}

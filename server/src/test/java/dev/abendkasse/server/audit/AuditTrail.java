package dev.abendkasse.server.audit;

import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What a test sees of the audit, and how it notes something down. */
public record AuditTrail(DatabaseClient db) {

    private static final String BROKEN = """
            select count(*)
              from (select seq, previous_hash, hash = audit_hash(entry) as own,
                           lag(hash, 1, decode(repeat('00', 32), 'hex')) over (order by seq) as before,
                           row_number() over (order by seq) as ordinal
                      from audit_entry entry) entry
             where not own or before <> previous_hash or ordinal <> seq
            """;

    public static AuditTrail of(TestDatabase database) {
        return new AuditTrail(database.client());
    }

    public Mono<Void> note(String by, String action, String subject) {
        return db.sql("select audit(:by, :action, :subject, jsonb_build_object('note', 'Said ' || :subject))")
                .bind("by", by)
                .bind("action", action)
                .bind("subject", subject)
                .fetch()
                .rowsUpdated()
                .then();
    }

    /** As somebody who may do anything does it: no trigger fires. */
    public void tamper(String statements) {
        Awaited.of(db.sql(
                        "do $$ declare number bigint; begin perform set_config('session_replication_role', 'replica', true); "
                                + statements + " end $$")
                .then());
    }

    /** For the next test on the same database. */
    public void beginAnew() {
        tamper("truncate audit_entry, audit_detail;"
                + " update audit_head set seq = 0, at = '-infinity', hash = decode(repeat('00', 32), 'hex');");
    }

    public long count() {
        return number("select count(*) from audit_entry");
    }

    public long head() {
        return number("select seq from audit_head");
    }

    /** How many entries do not stand where they belong. */
    public long broken() {
        return number(BROKEN);
    }

    public long number(String sql) {
        return Awaited.of(db.sql(sql).mapValue(Long.class).one());
    }

    /** What was done, in its order. */
    public List<String> actions() {
        return Awaited.of(db.sql("select action from audit_entry order by seq")
                .mapValue(String.class)
                .all()
                .collectList());
    }
}

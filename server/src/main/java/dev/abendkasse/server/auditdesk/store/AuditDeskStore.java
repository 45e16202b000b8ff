package dev.abendkasse.server.auditdesk.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.auditdesk.domain.AuditEntry;
import dev.abendkasse.server.auditdesk.domain.AuditSearch;
import dev.abendkasse.server.auditdesk.domain.ChainCheck;
import dev.abendkasse.server.auditdesk.domain.ChainHead;
import dev.abendkasse.server.database.Functions;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the chain; what enters is in R__1_audit.sql. */
@Repository
public class AuditDeskStore {

    private static final String LIST = """
            select jsonb_strip_nulls(jsonb_build_object(
                       'seq', seq, 'at', at, 'by', actor, 'action', action, 'subject', nullif(subject, ''),
                       'details', details::text, 'previousHash', encode(previous_hash, 'hex'),
                       'hash', encode(hash, 'hex')))
              from audit_entry left join audit_detail using (seq)
             where seq < :before %s
             order by seq desc
             limit :limit
            """;

    /** Only the filters that are asked for stand in the statement, so that each can use its index. Time goes as numbers go. */
    private static final Map<String, String> FILTERS = Map.of(
            "by",
            " and actor = :by",
            "action",
            " and action ~>=~ :action and action ~<~ (:action || '~')",
            "subject",
            " and subject = :subject and subject <> ''",
            "from",
            " and seq >= coalesce((select seq from audit_entry where at >= :from order by at, seq limit 1), :before)",
            "until",
            " and seq < coalesce((select seq from audit_entry where at >= :until order by at, seq limit 1), :before)");

    private static final String HEAD = """
            select seq, case when seq > 0 then at end as at, encode(hash, 'hex') as hash from audit_head
            """;

    private static final String CHECK = """
            select check_audit(:from, :limit, :seq, :hash)
            """;

    private final DatabaseClient db;
    private final Functions functions;

    AuditDeskStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** The newest first. */
    public Flux<AuditEntry> list(AuditSearch search, int limit) {
        var filters = filters(search);
        var wanted = new StringBuilder();
        filters.keySet().forEach(name -> wanted.append(FILTERS.get(name)));
        return db.sql(LIST.formatted(wanted))
                .bindValues(filters)
                .bind("before", search.before() == null ? Long.MAX_VALUE : search.before())
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(found -> functions.parse(found, AuditEntry.class));
    }

    public Mono<ChainHead> head() {
        return db.sql(HEAD).map(AuditDeskStore::toHead).one();
    }

    /** @param kept what the chain is compared with besides itself */
    public Mono<ChainCheck> check(long from, int limit, @Nullable ChainHead kept) {
        return db.sql(CHECK)
                .bind("from", from)
                .bind("limit", limit)
                .bind("seq", kept == null ? Parameters.in(Long.class) : kept.seq())
                .bind(
                        "hash",
                        kept == null
                                ? Parameters.in(byte[].class)
                                : HexFormat.of().parseHex(kept.hash()))
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, ChainCheck.class));
    }

    private static Map<String, Object> filters(AuditSearch search) {
        var filters = new HashMap<String, Object>();
        put(filters, "by", search.by());
        put(filters, "action", search.action());
        put(filters, "subject", search.subject());
        put(filters, "from", search.from());
        put(filters, "until", search.until());
        return filters;
    }

    private static void put(Map<String, Object> filters, String name, @Nullable Object value) {
        if (value != null) {
            filters.put(name, value);
        }
    }

    private static ChainHead toHead(Readable row) {
        return new ChainHead(
                value(row, "seq", Long.class), row.get("at", Instant.class), value(row, "hash", String.class));
    }
}

package dev.abendkasse.server.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.audit.AuditTrail;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Snippet;
import dev.abendkasse.server.testing.TestDatabase;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever may do anything to the tables cannot do it without a trace. */
class AuditCheckTests {

    private static final int ENTRIES = 10;
    private static final Path PAGE = Path.of("docs/audit.md");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Numbers leave their place and come back to another one, because they are unique at every moment. */
    private static final String MOVE = """
            update audit_entry set seq = seq + 1000 where seq >= %1$d;
            update audit_entry set seq = seq - 1000 + %2$d where seq >= 1000;
            update audit_detail set seq = seq + 1000 where seq >= %1$d;
            update audit_detail set seq = seq - 1000 + %2$d where seq >= 1000;
            """;

    private static final String SWAP = """
            update %3$s set seq = 1000 where seq = %1$d;
            update %3$s set seq = %1$d where seq = %2$d;
            update %3$s set seq = %2$d where seq = 1000;
            """;

    private static final String FORGE = """
            insert into audit_entry
            select %1$d, at, 'case.forged', subject, actor_digest, details_digest, hash, hash
              from audit_entry where seq = %1$d - 1;
            insert into audit_detail
            select %1$d, actor, actor_salt, details, details_salt from audit_detail where seq = %1$d - 1;
            update audit_entry entry set hash = audit_hash(entry) where seq = %1$d;
            """;

    /** Writes everything from an entry on anew, the head too, as the server would have. */
    private static final String REWRITE = """
            for number in %d .. (select max(seq) from audit_entry) loop
                update audit_entry set previous_hash = (select hash from audit_entry where seq = number - 1)
                 where seq = number and number > 1;
                update audit_entry entry set hash = audit_hash(entry) where seq = number;
            end loop;
            update audit_head set seq = newest.seq, hash = newest.hash
              from (select seq, hash from audit_entry order by seq desc limit 1) newest;
            """;

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final AuditTrail AUDIT = AuditTrail.of(DATABASE);

    private String hash;

    @BeforeEach
    void begin() {
        AUDIT.beginAnew();
        Awaited.last(Flux.range(1, ENTRIES).concatMap(number -> AUDIT.note("clerk", "case.assign", "case-" + number)));
        hash = Awaited.of(db().sql("select encode(hash, 'hex') from audit_head")
                .mapValue(String.class)
                .one());
    }

    @Test
    void chainThatNobodyTouchedIsWhole() throws IOException {
        for (var size : List.of(1, 3, 1000)) {
            assertThat(faultIn(size, false)).isEqualTo("none");
            assertThat(faultIn(size, true)).isEqualTo("none");
        }
        assertThat(check(1, 1000, true).get("through").asInt()).isEqualTo(ENTRIES);
        assertThat(documented()).isEmpty();
        assertThat(isAsKept()).isTrue();
    }

    @Test
    void emptyChainIsWhole() throws IOException {
        AUDIT.beginAnew();

        assertThat(faultIn(10, false)).isEqualTo("none");
        assertThat(documented()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "action = 'case.other'",
                "subject = 'case-5'",
                "at = at + interval '1 microsecond'",
                "actor_digest = details_digest",
                "details_digest = actor_digest",
                "previous_hash = details_digest",
                "hash = details_digest",
            })
    void changedEntryIsFound(String change) throws IOException {
        AUDIT.tamper("update audit_entry set " + change + " where seq = 4;");

        expect("4 CHANGED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "details = '{}'",
                "details_salt = actor_salt",
                "actor = 'bert'",
                "actor_salt = details_salt",
                "(details, details_salt, actor, actor_salt) ="
                        + " (select details, details_salt, actor, actor_salt from audit_detail where seq = 5)"
            })
    void changedDetailsAreFound(String change) throws IOException {
        AUDIT.tamper("update audit_detail set " + change + " where seq = 4;");

        expect("4 CHANGED");
    }

    @Test
    void entryThatWasChangedTogetherWithItsHashIsFound() throws IOException {
        AUDIT.tamper("""
                update audit_entry set action = 'case.other' where seq = 4;
                update audit_entry entry set hash = audit_hash(entry) where seq = 4;
                """);

        expect("4 CHANGED");
    }

    @ParameterizedTest
    @CsvSource({"1, 1 REMOVED", "5, 5 REMOVED", "9, 9 REMOVED", "10, 10 CUT"})
    void removedEntryIsFound(int seq, String fault) throws IOException {
        AUDIT.tamper("delete from audit_entry where seq = " + seq + ";");

        expect(fault);
    }

    @Test
    void removedEntryIsFoundAlsoWhenTheOthersMoveUp() throws IOException {
        AUDIT.tamper("delete from audit_detail where seq = 5; delete from audit_entry where seq = 5;"
                + MOVE.formatted(6, -1) + "update audit_head set seq = seq - 1;");

        expect("5 OUT_OF_ORDER");
    }

    @Test
    void manyRemovedEntriesAreFound() throws IOException {
        AUDIT.tamper("delete from audit_entry where seq between 3 and 8;");

        expect("3 REMOVED");
    }

    @Test
    void entryPutInIsFound() throws IOException {
        AUDIT.tamper(MOVE.formatted(5, 1) + FORGE.formatted(5) + "update audit_head set seq = seq + 1;");

        expect("5 INSERTED");
    }

    @Test
    void entryAddedAtTheEndIsFound() throws IOException {
        AUDIT.tamper(FORGE.formatted(ENTRIES + 1));

        expect("11 INSERTED");
    }

    @ParameterizedTest
    @CsvSource({"4, 5", "4, 8", "1, 10"})
    void entriesThatChangedPlacesAreFound(int one, int other) throws IOException {
        AUDIT.tamper(SWAP.formatted(one, other, "audit_entry") + SWAP.formatted(one, other, "audit_detail"));

        expect(one + " OUT_OF_ORDER");
    }

    @Test
    void p14ChainThatWasCutTogetherWithItsHeadIsFoundByTheKeptHead() throws IOException {
        AUDIT.tamper("delete from audit_entry where seq > 8;"
                + " update audit_head set seq = 8, hash = (select hash from audit_entry where seq = 8);");

        assertThat(faultIn(3, false)).isEqualTo("none");
        assertThat(documented()).isEmpty();
        assertThat(faultIn(3, true)).isEqualTo("9 CUT");
        assertThat(isAsKept()).isFalse();
    }

    @Test
    void p14ChainThatWasWrittenAnewIsFoundByTheKeptHead() throws IOException {
        AUDIT.tamper("update audit_entry set action = 'case.other' where seq = 4;" + REWRITE.formatted(4));

        assertThat(faultIn(3, false)).isEqualTo("none");
        assertThat(documented()).isEmpty();
        assertThat(faultIn(3, true)).isEqualTo("10 REWRITTEN");
        assertThat(isAsKept()).isFalse();
    }

    @Test
    void chainThatGoesOnAgreesWithTheKeptHead() throws IOException {
        Awaited.of(AUDIT.note("bert", "case.reject", "case-1"));

        assertThat(faultIn(3, true)).isEqualTo("none");
        assertThat(isAsKept()).isTrue();
    }

    @Test
    void chainThatGoesOnFromAnotherEndIsFound() throws IOException {
        AUDIT.tamper("update audit_head set hash = decode(repeat('11', 32), 'hex');");

        expect("10 CHANGED");
    }

    @Test
    void erasedDetailsAreNoFault() throws IOException {
        assertThat(AUDIT.number("select erase_audit_details('{case-4}')")).isOne();

        assertThat(faultIn(3, true)).isEqualTo("none");
        assertThat(check(1, 1000, true).get("erased").asInt()).isOne();
        assertThat(documented()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_detail set actor = null, actor_salt = null where seq = 7;",
                "delete from audit_detail where seq = 7;"
            })
    void p14EntryOfWhichNobodyKnowsWhoDidItIsFound(String tampering) throws IOException {
        AUDIT.tamper(tampering);

        expect("7 CHANGED");
    }

    /** However long the pages are, and by the documented statement too. */
    private void expect(String fault) throws IOException {
        for (var size : List.of(1, 2, 3, 1000)) {
            assertThat(faultIn(size, false)).as("pages of %s", size).isEqualTo(fault);
        }
        assertThat(documented()).isNotEmpty();
    }

    /** What is found by whoever goes through all of it page by page. */
    private String faultIn(int size, boolean kept) {
        var page = check(1, size, kept);
        while (page.has("next")) {
            page = check(page.get("next").asLong(), size, kept);
        }
        return page.has("fault")
                ? page.get("fault").get("seq").asLong() + " "
                        + page.get("fault").get("kind").asString()
                : "none";
    }

    private JsonNode check(long from, int limit, boolean kept) {
        return Awaited.of(db().sql("select check_audit(:from, :limit, :seq, decode(:hash, 'hex'))")
                .bind("from", from)
                .bind("limit", limit)
                .bind("seq", kept ? (Object) (long) ENTRIES : Parameters.in(Long.class))
                .bind("hash", kept ? (Object) hash : Parameters.in(String.class))
                .mapValue(Json.class)
                .one()
                .map(found -> JSON.readTree(found.asString())));
    }

    private List<Long> documented() throws IOException {
        return Awaited.of(db().sql(Snippet.sql(PAGE, "check"))
                .map(row -> row.get("seq", Long.class))
                .all()
                .collectList());
    }

    private boolean isAsKept() throws IOException {
        return Awaited.of(db().sql(Snippet.sql(PAGE, "compare"))
                .bind("seq", (long) ENTRIES)
                .bind("hash", hash)
                .mapValue(Boolean.class)
                .one());
    }

    private static DatabaseClient db() {
        return DATABASE.client();
    }
}

package dev.abendkasse.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;

/** What the database itself forbids, and what no function of ours may do. */
class SchemaRulesTests {

    private static final DatabaseClient DB = TestDatabase.fresh().client();

    @ParameterizedTest
    @ValueSource(strings = {"payment_fact", "money_entry", "received_payment", "invoice", "audit_entry"})
    void h4WhatIsKeptForGoodCanBeNeitherChangedNorDeleted(String table) {
        for (var statement : new String[] {
            "update %s set ctid = ctid where false", "delete from %s where false", "truncate %s cascade"
        }) {
            var sql = statement.formatted(table).replace("ctid = ctid", firstColumn(table));
            assertThatThrownBy(() -> Awaited.of(DB.sql(sql).then())).as(sql).hasMessageContaining("append-only");
        }
    }

    /** A notification makes committing transactions wait for each other, so that none may be sent by those that sell. */
    @Test
    void s3NothingButTheTwoThatAnnounceNotifies() {
        assertThat(Awaited.of(DB.sql("select proname from pg_proc join pg_namespace on pronamespace = pg_namespace.oid"
                                + " where nspname = 'public' and prosrc ~* '(pg_notify|\\mnotify\\M)' order by proname")
                        .mapValue(String.class)
                        .all()
                        .collectList()))
                .containsExactly("announce_messages", "number_live_events");
        assertThat(Awaited.of(DB.sql(
                                "select count(*) from pg_proc where prosrc ~ '(announce_messages|number_live_events) *\\('")
                        .mapValue(Long.class)
                        .one()))
                .as("called by no other function")
                .isZero();
    }

    /** A change of one column to itself. */
    private static String firstColumn(String table) {
        return Awaited.of(DB.sql(
                        "select format('%1$I = %1$I', attname) from pg_attribute where attrelid = '" + table
                                + "'::regclass and attnum > 0 and attidentity = '' and attgenerated = '' order by attnum limit 1")
                .mapValue(String.class)
                .one());
    }
}

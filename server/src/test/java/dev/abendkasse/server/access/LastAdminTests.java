package dev.abendkasse.server.access;

import static dev.abendkasse.server.access.AccessOffice.STAFF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Somebody can always sign in as an admin. */
class LastAdminTests {

    private static final String LESS = "{\"scopes\": [\"gate\"]}";

    private static TestDatabase database;
    private static TestServer server;
    private static AccessOffice office;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = TestServer.on(database);
        office = new AccessOffice(server);
        office.hire("second", "a password for tests", "\"admin\"");
        office.hire("clerk", "a password for tests", "\"box-office\"");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theLastAdminCanNeitherBeLockedNorLoseTheScope() {
        restore();
        office.put(STAFF + "/second/lock", null, null).is(200);

        assertThat(office.put(STAFF + "/admin/lock", null, null).is(409).code()).isEqualTo("last-admin");
        assertThat(office.put(STAFF + "/admin", etag("admin"), LESS).is(409).code())
                .isEqualTo("last-admin");
        office.put(STAFF + "/admin", etag("admin"), "{\"scopes\": [\"admin\"]}").is(200);
        office.put(STAFF + "/clerk/lock", null, null).is(200);
        office.put(STAFF + "/second", etag("second"), LESS).is(200);
    }

    @Test
    void twoWhoTakeAwayEachOtherLeaveOne() throws Exception {
        for (int i = 0; i < Scale.of(100); i++) {
            restore();
            // Whoever is locked may not finish a second request, so the admin's program works for both.
            var statements = new String[] {
                "select lock_staff_account('{\"userName\": \"admin\", \"by\": \"second\"}')",
                "select change_staff_account(jsonb_build_object('userName', 'second', 'by', 'admin', 'version',"
                        + " (select version from staff_account where user_name = 'second'), 'scopes', '[\"gate\"]'::jsonb))",
                "select lock_staff_account('{\"userName\": \"second\", \"by\": \"admin\"}')"
            };
            AtOnce.run(() -> run(statements[0]), () -> run(statements[1]), () -> run(statements[2]));

            assertThat(admins()).isOne();
        }
    }

    private static String etag(String userName) {
        return office.get(STAFF + "/" + userName).etag();
    }

    private static void restore() {
        run("update staff_account set locked_at = null, scopes = '{admin}' where user_name in ('admin', 'second')");
    }

    private static void run(String sql) {
        Awaited.of(database.client().sql(sql).then());
    }

    private static long admins() {
        return Awaited.of(database.client()
                .sql("select count(*) from staff_account where 'admin' = any (scopes) and locked_at is null")
                .mapValue(Long.class)
                .one());
    }
}

package dev.abendkasse.server.relaunch;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CustomerImportDelimiter;
import dev.abendkasse.office.model.CustomerImportMode;
import dev.abendkasse.office.model.CutOverSignature;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Login;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Theatre;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From the upload on, no dump of the database has a weak hash of the former shop in clear. */
class DumpTests {

    /** With its salt. */
    private static final String TEXT = FormerShop.WEAK.stored().text().replaceFirst("\\{[^}]*\\}", "");

    private static final String DIGEST = TEXT.split(":")[0];

    /** Who comes over, who waits for a decision, and rows that are broken: one of them has its hash in the wrong column. */
    private static final String FILE = """
            customerNumber,email,name,passwordFormat,passwordHash
            1,over@example.org,Example Over,md5-salt-first,%1$s
            2,twice@example.org,Example Twice,md5-salt-first,%1$s
            3,twice@example.org,Example Twice,md5-salt-first,%1$s
            4,no address,Example Broken,md5-salt-first,%1$s
            5,shifted@example.org,Example,Shifted,md5-salt-first,%1$s
            6,format@example.org,Example Format,unheard-of,%1$s
            """.formatted(TEXT);

    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of(
                "abendkasse.migration.look-every", "100ms",
                "abendkasse.relaunch.look-every", "1h",
                "abendkasse.relaunch.wrapping-threads", "1"));
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void weakHashStandsInNoTableFromTheUploadToTheLogin() throws ApiException {
        var imports = theatre.office().customerImports();

        var checked = imports.getCustomerImport(upload());
        assertThat(theatre.count("select count(*) from customer_import_row where jsonb_exists(facts, 'sealedHash')"))
                .isPositive();
        assertThat(tablesWithTheHash()).isEmpty();

        imports.applyCustomerImport(checked.getImportId(), "\"" + checked.getVersion() + "\"");
        awaitEnd(checked.getImportId());
        imports.getCustomerImportRejections(checked.getImportId());
        imports.openCutOver(new CutOverSignature()
                .exceptionsDigest(imports.getCutOver().getExceptionsDigest())
                .note("None"));
        expect(401, "login-failed", () -> login("another password"));
        assertThat(theatre.count("select count(*) from customer where sealed_hash is not null"))
                .isOne();
        assertThat(tablesWithTheHash()).isEmpty();

        Awaited.of(theatre.server().bean(Wrapper.class).goOn());
        assertThat(theatre.count("select count(*) from customer where password_hash like '{argon2-over-%'"))
                .isOne();
        assertThat(tablesWithTheHash()).isEmpty();

        login(FormerShop.WEAK.password());
        assertThat(tablesWithTheHash()).isEmpty();
    }

    /** What is found where it stands is not overlooked elsewhere. */
    @Test
    void hashThatStandsInATextOrInBytesIsFound() {
        Theatre.execute(
                theatre.db(), "insert into customer (name, password_hash) values ('Example', '{md5}" + DIGEST + "')");
        Theatre.execute(theatre.db(), "insert into setting values ('test', '{\"a\": \"" + DIGEST + "\"}')");
        Theatre.execute(
                theatre.db(),
                "insert into sealed_hash_fault (customer_id, digest) select customer_id, '" + DIGEST
                        + "'::bytea from customer where password_hash like '{md5}%'");

        assertThat(tablesWithTheHash()).containsExactlyInAnyOrder("customer", "setting", "sealed_hash_fault");

        Theatre.execute(theatre.db(), "delete from customer where password_hash like '{md5}%'");
        Theatre.execute(theatre.db(), "delete from setting where name = 'test'");
    }

    private static UUID upload() throws ApiException {
        var importId = theatre.office()
                .customerImports()
                .importCustomers(
                        "former-shop",
                        OffsetDateTime.now(),
                        FILE,
                        CustomerImportMode.DRY_RUN,
                        null,
                        CustomerImportDelimiter.COMMA,
                        "en",
                        "main",
                        null)
                .getImportId();
        awaitEnd(importId);
        return importId;
    }

    private static void awaitEnd(UUID importId) {
        Awaitility.await()
                .until(() -> theatre.office()
                                .customerImports()
                                .getCustomerImport(importId)
                                .getEndedAt()
                        != null);
    }

    private static void login(String password) throws ApiException {
        theatre.shop().accounts().login(new Login().email("over@example.org").password(password));
    }

    /** As text, and as a dump writes bytes. */
    private static List<String> tablesWithTheHash() {
        var bytes = HexFormat.of().formatHex(DIGEST.getBytes(StandardCharsets.UTF_8));
        return tables().stream()
                .filter(table -> theatre.count("select count(*) from \"" + table + "\" t where t::text ~ '" + DIGEST
                                + "|" + bytes + "'")
                        > 0)
                .toList();
    }

    private static List<String> tables() {
        return Awaited.of(theatre.db()
                .sql("select table_name::text from information_schema.tables"
                        + " where table_schema = 'public' and table_type = 'BASE TABLE'")
                .mapValue(String.class)
                .all()
                .collectList());
    }
}

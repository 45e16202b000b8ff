package dev.abendkasse.server.relaunch;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CoverageFigures;
import dev.abendkasse.office.model.MigrationEndChange;
import dev.abendkasse.sdk.model.Login;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Theatre;
import java.sql.DriverManager;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who of the former shop's customers has come over, and until when they can. */
class CoverageTests {

    private Theatre theatre;
    private FormerShop shop;

    @BeforeEach
    void openTheTheatre() {
        theatre = Theatre.open(
                Map.of("abendkasse.relaunch.look-every", "1h", "abendkasse.relaunch.coverage-fresh-for", "0s"));
        shop = new FormerShop(theatre, "former-shop");
    }

    @AfterEach
    void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void m18FiguresSayWhoHasBeenInAndWhoHasNot() throws Exception {
        var beenIn = shop.sealed();
        theatre.shop().accounts().login(new Login().email(beenIn).password(FormerShop.WEAK.password()));
        shop.sealed();
        var strong = shop.customer();
        Theatre.execute(theatre.db(), "update customer set password_hash = '{phpass}x' where " + FormerShop.is(strong));
        shop.customer();
        new FormerShop(theatre, "other-shop").customer();

        var coverage = theatre.office().relaunch().getMigrationCoverage();

        assertThat(coverage.getAll())
                .isEqualTo(figures(5)
                        .beenIn(1L)
                        .formerHash(1L)
                        .sealed(1L)
                        .needClaim(2L)
                        .unproven(5L));
        assertThat(coverage.getSources()).extracting("source").containsExactly("former-shop", "other-shop");
        assertThat(coverage.getSources().getLast().getFigures())
                .isEqualTo(figures(1).needClaim(1L).unproven(1L));
        assertThat(coverage.getEndsAt()).isNull();
    }

    @Test
    void m18AfterTheEndWhoHasNeverBeenInNeedsAClaimAndNobodyElseIsTouched() throws Exception {
        var beenIn = shop.sealed();
        theatre.shop().accounts().login(new Login().email(beenIn).password(FormerShop.WEAK.password()));
        var late = shop.sealed();
        var end = theatre.office().relaunch().getMigrationEnd();
        var version = "\"" + end.getVersion() + "\"";
        var change = new MigrationEndChange().endsAt(OffsetDateTime.now().plusDays(1));
        theatre.office().relaunch().setMigrationEnd(version, change);
        expect(412, "version-conflict", () -> theatre.office().relaunch().setMigrationEnd(version, change));
        expect(
                400,
                "invalid-request",
                () -> theatre.office()
                        .relaunch()
                        .setMigrationEnd(
                                "\"2\"",
                                new MigrationEndChange()
                                        .endsAt(OffsetDateTime.now().minusDays(1))));
        drop();
        assertThat(theatre.office().relaunch().getMigrationCoverage().getAll().getNeedClaim())
                .isZero();

        Theatre.execute(theatre.db(), "update migration_end set ends_at = clock_timestamp()");
        drop();

        expect(
                401,
                "login-failed",
                () -> theatre.shop().accounts().login(new Login().email(late).password(FormerShop.WEAK.password())));
        assertThat(theatre.shop().accounts().login(new Login().email(beenIn).password(FormerShop.WEAK.password())))
                .isNotNull();
        assertThat(theatre.office().relaunch().getMigrationCoverage().getAll())
                .isEqualTo(figures(2).beenIn(1L).needClaim(1L).unproven(2L));
    }

    /** Somebody who registered here has no hash of the former shop, whoever has become a part of them. */
    @Test
    void m18AccountThatBecamePartOfAnotherIsCountedApartAndTheOtherKeepsItsPassword() throws Exception {
        var registered = shop.customer();
        Theatre.execute(
                theatre.db(), "update customer set password_hash = 'chosen here' where " + FormerShop.is(registered));
        Theatre.execute(theatre.db(), "update legacy_customer set joined_at = clock_timestamp()");
        Theatre.execute(theatre.db(), "update migration_end set ends_at = clock_timestamp()");

        drop();

        assertThat(theatre.value("select password_hash from customer where " + FormerShop.is(registered), String.class))
                .isEqualTo("chosen here");
        assertThat(theatre.office().relaunch().getMigrationCoverage().getAll())
                .isEqualTo(figures(1).merged(1L));
    }

    @Test
    void hashesAreDroppedByOneReplicaAtATimeAndNothingIsLookedAtTwice() throws Exception {
        shop.sealed(20);
        var registered = shop.customer();
        Theatre.execute(
                theatre.db(), "update customer set password_hash = 'chosen here' where " + FormerShop.is(registered));
        Theatre.execute(theatre.db(), "delete from legacy_customer where " + FormerShop.is(registered));
        Theatre.execute(theatre.db(), "update migration_end set ends_at = clock_timestamp()");
        try (var connection = DriverManager.getConnection(
                        theatre.database().jdbcUrl(), theatre.database().user(), null);
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select drop_former_hashes(5)");
            assertThat(dropped()).isZero();
            connection.rollback();
        }

        assertThat(dropped()).isEqualTo(21);
        assertThat(dropped()).isZero();
        assertThat(theatre.value("select password_hash from customer where " + FormerShop.is(registered), String.class))
                .isEqualTo("chosen here");
    }

    private long dropped() {
        return theatre.count("select drop_former_hashes(1000)");
    }

    private void drop() {
        Awaited.of(theatre.server().bean(FormerPasswords.class).drop());
    }

    private static CoverageFigures figures(long accounts) {
        return new CoverageFigures()
                .accounts(accounts)
                .beenIn(0L)
                .claimed(0L)
                .formerHash(0L)
                .sealed(0L)
                .needClaim(0L)
                .unproven(0L)
                .locked(0L)
                .merged(0L)
                .erased(0L);
    }
}

package dev.abendkasse.server.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CustomerImport;
import dev.abendkasse.office.model.CustomerImportCount;
import dev.abendkasse.office.model.CustomerImportMode;
import dev.abendkasse.office.model.CustomerImportState;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.testing.CustomerFiles;
import dev.abendkasse.server.testing.Theatre;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A former shop sends its customers again, and what happened here meanwhile stands. */
class DeltaImportTests {

    private static final OffsetDateTime FIRST = OffsetDateTime.of(2025, 6, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final OffsetDateTime LATER = FIRST.plusDays(7);

    private static Theatre theatre;

    private String shop;
    private String address;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.migration.look-every", "100ms"));
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @BeforeEach
    void aShopOfItsOwn() {
        shop = "shop-" + UUID.randomUUID();
        address = "owner-" + UUID.randomUUID() + "@example.org";
    }

    @Test
    void m2AddressThatWasChangedInTheFormerShopIsTheCurrentOneAndEndsWhatTheOldOneOpened() throws ApiException {
        send(FIRST, "customerNumber,email,name", "1," + address + ",Example");
        var session = theatre.server().tokenOf(new CustomerId(customer()));

        var done = send(LATER, "customerNumber,email,name", "1,new-" + address + ",Example");

        assertThat(outcomes(done)).containsExactly("NEEDS_CLAIM NO_PASSWORD 1");
        assertThat(current()).isEqualTo("new-" + address);
        assertThat(theatre.count("select count(*) from customer_email where canonical = '" + address
                        + "' and until is not null"))
                .isOne();
        assertThat(theatre.count("select count(*) from customer_session where customer_id = '" + customer() + "'"))
                .as("sessions, of which there was " + session.length())
                .isZero();
    }

    @Test
    void m2AddressThatItsOwnerChangedHereStays() throws ApiException {
        send(FIRST, "customerNumber,email,name", "1," + address + ",Example");
        moveHere("own-" + address);

        var done = send(LATER, "customerNumber,email,name", "1,new-" + address + ",Example");

        assertThat(outcomes(done)).containsExactly("NEEDS_CLAIM NEWER_HERE 1");
        assertThat(current()).isEqualTo("own-" + address);
    }

    @Test
    void m2PasswordThatIsNewerThereIsTakenAndOneThatIsNewerHereStays() throws ApiException {
        var columns = "customerNumber,email,name,passwordFormat,passwordHash,passwordChangedAt";
        send(FIRST, columns, "1," + address + ",Example,bcrypt," + hash('a') + ",2025-05-01T00:00:00Z");

        send(LATER, columns, "1," + address + ",Example,bcrypt," + hash('b') + ",2025-06-05T00:00:00Z");
        assertThat(password()).endsWith(hash('b'));

        Theatre.execute(
                theatre.db(),
                "update customer set password_hash = 'own', password_changed_at = now() where customer_id = '"
                        + customer() + "'");
        var done = send(
                LATER.plusDays(1), columns, "1," + address + ",Example,bcrypt," + hash('c') + ",2025-06-07T00:00:00Z");

        assertThat(outcomes(done)).containsExactly("MIGRATED NEWER_HERE 1");
        assertThat(password()).isEqualTo("own");
    }

    @Test
    void m2OlderFileThatComesLaterChangesNothing() throws ApiException {
        send(LATER, "customerNumber,email,name", "1," + address + ",Later");

        var done = send(FIRST, "customerNumber,email,name", "1,old-" + address + ",Earlier");

        assertThat(outcomes(done)).containsExactly("MERGED OLDER 1");
        assertThat(current()).isEqualTo(address);
        assertThat(name()).isEqualTo("Later");
    }

    @Test
    void m2WhoWasErasedHereIsNotBroughtBack() throws ApiException {
        send(FIRST, "customerNumber,email,name", "1," + address + ",Example");
        Theatre.execute(theatre.db(), "select scrub_account('" + customer() + "')");

        var done = send(LATER, "customerNumber,email,name", "1," + address + ",Example");

        assertThat(outcomes(done)).containsExactly("MERGED ERASED_HERE 1");
        assertThat(name()).isEmpty();
        assertThat(theatre.count("select count(*) from customer_email where canonical = '" + address + "'"))
                .isZero();
    }

    @Test
    void m2WhoBecameAPartOfAnotherAccountStaysOneAndNothingOfItIsChanged() throws ApiException {
        send(FIRST, "customerNumber,email,name", "1," + address + ",Example", "2,other-" + address + ",Other");
        Theatre.execute(theatre.db(), """
                update customer set merged_into = (select customer_id from legacy_customer where source = '%1$s' and source_id = '2'),
                                    merged_at = now()
                 where customer_id = '%2$s'
                """.formatted(shop, customer()));

        var done = send(LATER, "customerNumber,email,name", "1,new-" + address + ",Another");

        assertThat(outcomes(done)).containsExactly("MERGED MERGED_HERE 1");
        assertThat(name()).isEqualTo("Example");
    }

    @Test
    void m1AddressThatAnotherAccountHasIsAConflictAndTheOldOneStays() throws ApiException {
        send(FIRST, "customerNumber,email,name", "1," + address + ",Example", "2,other-" + address + ",Other");

        var done = send(LATER, "customerNumber,email,name", "1,other-" + address + ",Example");

        assertThat(outcomes(done)).containsExactly("CONFLICT EMAIL_TAKEN 1");
        assertThat(current()).isEqualTo(address);
    }

    @Test
    void m2WhoWasUnlockedHereIsLockedAgainOnlyByNewsFromThere() throws ApiException {
        var columns = "customerNumber,email,name,locked,changedAt";
        send(FIRST, columns, "1," + address + ",Example,1,2025-05-01T00:00:00Z");
        Theatre.execute(
                theatre.db(),
                "update customer set locked_at = null, locked_by = null, lock_reason = null where customer_id = '"
                        + customer() + "'");

        send(LATER, columns, "1," + address + ",Example,1,2025-05-01T00:00:00Z");
        assertThat(isLocked()).isFalse();

        send(LATER, columns, "1," + address + ",Example,1,2025-06-05T00:00:00Z");
        assertThat(isLocked()).isTrue();
    }

    @Test
    void consentThatWasWithdrawnInTheFormerShopEndsAndOneThatWasGivenHereDoesNot() throws ApiException {
        var columns = "customerNumber,email,name,newsletterConsentAt,newsletterConsentFrom,newsletterWithdrawnAt";
        send(
                FIRST,
                columns,
                "1," + address + ",Example,2025-01-01T00:00:00Z,Form on the page,",
                "2,here-" + address + ",Here,2025-01-01T00:00:00Z,Form on the page,");
        assertThat(newsletter(1)).isEqualTo("SUBSCRIBED");
        Theatre.execute(theatre.db(), """
                insert into newsletter_consent (customer_id, kind, source, request_id)
                values ('%s', 'CONFIRMED', 'ACCOUNT', gen_random_uuid())
                """.formatted(customer(2)));

        send(
                LATER,
                columns,
                "1," + address + ",Example,,,2025-06-03T00:00:00Z",
                "2,here-" + address + ",Here,,,2025-06-03T00:00:00Z");

        assertThat(newsletter(1)).isEqualTo("WITHDRAWN");
        assertThat(newsletter(2)).isEqualTo("SUBSCRIBED");
    }

    private CustomerImport send(OffsetDateTime exportedAt, String... lines) throws ApiException {
        var importId = CustomerFiles.upload(theatre.office(), shop, exportedAt, CustomerImportMode.APPLY, lines);
        var done = Upload.to(theatre).done(importId);
        assertThat(done.getState()).isEqualTo(CustomerImportState.APPLIED);
        return done;
    }

    private static List<String> outcomes(CustomerImport done) {
        return done.getCounts().stream().map(DeltaImportTests::outcome).toList();
    }

    private static String outcome(CustomerImportCount count) {
        return count.getOutcome() + " " + count.getReason() + " " + count.getRows();
    }

    /** What looks like a bcrypt hash of a known cost; nobody signs in with it here. */
    private static String hash(char mark) {
        return "$2y$10$" + String.valueOf(mark).repeat(21) + "u"
                + String.valueOf(mark).repeat(31);
    }

    private void moveHere(String email) {
        Theatre.execute(theatre.db(), """
                select move_to_address('%1$s', '%2$s', '%2$s', sha256('%2$s'), now())
                """.formatted(customer(), email));
    }

    private UUID customer() {
        return customer(1);
    }

    private UUID customer(int number) {
        return theatre.value(
                "select customer_id from legacy_customer where source = '" + shop + "' and source_id = '" + number
                        + "'",
                UUID.class);
    }

    private String current() {
        return theatre.value(
                "select canonical from customer_email where until is null and customer_id = '" + customer() + "'",
                String.class);
    }

    private String name() {
        return theatre.value("select name from customer where customer_id = '" + customer() + "'", String.class);
    }

    private String password() {
        return theatre.value(
                "select password_hash from customer where customer_id = '" + customer() + "'", String.class);
    }

    private boolean isLocked() {
        return theatre.count("select count(*) from customer where locked_at is not null and customer_id = '"
                        + customer() + "'")
                == 1;
    }

    private String newsletter(int number) {
        return theatre.value("select newsletter_state('" + customer(number) + "')", String.class);
    }
}

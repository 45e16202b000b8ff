package dev.abendkasse.server.redirects;

import static dev.abendkasse.server.redirects.Visitors.newEmail;
import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BlacklistDisclosure;
import dev.abendkasse.office.model.BlacklistDisclosureRequest;
import dev.abendkasse.office.model.BlacklistDisclosureSearch;
import dev.abendkasse.office.model.BlacklistLiftingNote;
import dev.abendkasse.office.model.DisclosedAttempt;
import dev.abendkasse.office.model.DisclosedEntry;
import dev.abendkasse.office.model.DisclosureRecord;
import dev.abendkasse.office.model.DisclosureStatement;
import dev.abendkasse.office.model.DisclosureTopic;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody asks what is held about them, and has shown who they are. */
class DisclosureTests {

    private static final String PATH = "/v1/back-office/blacklist-disclosures";

    private static Theatre theatre;
    private static Visitors visitors;

    private final String email = newEmail();

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.redirects.keep", "1234d", "abendkasse.web.carts-per-minute", "1000"));
        visitors = new Visitors(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void personIsToldTheirBlocksTheirAttemptsAndTheirRights() throws ApiException {
        var entry = visitors.block(email);
        visitors.attempt(theatre.shop(), theatre.best("a", 2), email);

        var told = tell(by(email.toUpperCase()));

        assertThat(told.getSummary())
                .isEqualTo("You are blocked at present: your purchases in our shops are not completed.");
        assertThat(told.getLanguage()).isEqualTo("en");
        assertThat(told.getDisclosedBy()).isEqualTo("admin");
        assertThat(told.getEntries())
                .containsExactly(new DisclosedEntry()
                        .email(email)
                        .reason("Three chargebacks")
                        .since(entry.getCreatedAt())
                        .active(true));
        assertThat(told.getAttemptsInAll()).isOne();
        assertThat(told.getAttempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.getQuantity()).isEqualTo(2);
            assertThat(attempt.getTotal().getAmount()).isEqualTo(10_000);
            assertThat(attempt.getExplanation()).isEqualTo("The purchase was not completed because of a block.");
            assertThat(attempt.getPerformances())
                    .singleElement()
                    .satisfies(performance -> assertThat(performance.getTitle()).isEqualTo("Faust"));
        });
        assertThat(told.getStatements())
                .extracting(DisclosureStatement::getTopic)
                .containsExactly(DisclosureTopic.values());
        assertThat(told.getStatements())
                .allSatisfy(statement -> assertThat(statement.getHeading() + statement.getText())
                        .doesNotContain("disclosure.", "{", "''"))
                .anySatisfy(statement -> assertThat(statement.getText()).contains("after 1234 days"));
    }

    @Test
    void customerIsToldWhateverConcernsTheAccountPastBlocksToo() throws ApiException {
        var former = newEmail();
        var customer = visitors.customer(former, email);
        var lifted = visitors.block(former);
        visitors.attempt(visitors.as(customer), theatre.best("ga", 1), newEmail());
        visitors.office()
                .blacklist()
                .liftBlacklistEntry(lifted.getEntryId(), new BlacklistLiftingNote().note("An internal note"));
        visitors.attemptTooLate(email);

        var told = tell(new BlacklistDisclosureRequest().customerId(customer.value()));

        assertThat(told.getSummary()).startsWith("You are not blocked.");
        assertThat(told.getEntries()).singleElement().satisfies(entry -> {
            assertThat(entry.getLiftedAt()).isNotNull();
            assertThat(entry.getActive()).isFalse();
        });
        assertThat(told.getAttempts())
                .extracting(DisclosedAttempt::getExplanation)
                .containsExactly(
                        "The purchase was not completed because its time had run out.",
                        "The purchase was not completed because of a block.");
    }

    @Test
    void nothingIsSaidOfStaffNorOfTheirNotes() throws ApiException {
        var entry = visitors.block(email);
        visitors.office()
                .blacklist()
                .liftBlacklistEntry(entry.getEntryId(), new BlacklistLiftingNote().note("An internal note"));

        var told = visitors.say(PATH, "{\"email\": \"" + email + "\", \"proof\": \"Passport\"}", "en");

        assertThat(told.replaceFirst("\"disclosedBy\":\"admin\"", ""))
                .doesNotContain("admin", "internal note", "Passport");
    }

    @Test
    void whoIsNotRecordedIsToldThat() throws ApiException {
        var told = tell(by(email));

        assertThat(told.getSummary()).startsWith("Nothing is recorded about you");
        assertThat(told.getEntries()).isEmpty();
        assertThat(told.getAttempts()).isEmpty();
        assertThat(told.getAttemptsInAll()).isZero();
    }

    @Test
    void everythingIsSaidInGermanToo() throws ApiException {
        visitors.block(email);
        visitors.attempt(email);

        assertThat(visitors.say(PATH, "{\"email\": \"" + email + "\", \"proof\": \"Pass\"}", "de"))
                .contains(
                        "\"language\":\"de\"",
                        "Sie sind zurzeit gesperrt",
                        "Der Kauf wurde wegen einer Sperre nicht abgeschlossen.",
                        "nach 1234 Tagen gelöscht",
                        "Ihr Widerspruchsrecht")
                .doesNotContain("disclosure.");
    }

    @Test
    void attemptsOfOthersWhoTypedTheAddressAreNotTold() throws ApiException {
        var stranger = visitors.customer(newEmail());
        visitors.block(email);
        visitors.attempt(visitors.as(stranger), theatre.best("ga", 1), email);

        assertThat(tell(by(email)).getAttempts()).isEmpty();
        assertThat(tell(new BlacklistDisclosureRequest().customerId(stranger.value()))
                        .getAttempts())
                .hasSize(1);
    }

    @Test
    void addressThatSeveralCustomersHadNamesNobody() throws ApiException {
        visitors.customer(email, newEmail());
        visitors.customer(email, newEmail());

        var problem = expect(400, "invalid-request", () -> tell(by(email)));

        assertThat(problem.getErrors())
                .singleElement()
                .satisfies(fault -> assertThat(fault.getPointer()).isEqualTo("#/email"));
        assertThat(records(new BlacklistDisclosureSearch().email(email))).isEmpty();
    }

    @Test
    void disclosureIsRememberedWithItsProofAndNothingIsSent() throws ApiException {
        var former = newEmail();
        visitors.customer(former, email);
        var entry = visitors.block(email);
        var before = theatre.count("select count(*) from outbox_message");

        var told = tell(by(former).proof("Passport seen").checkedBy("Doorman"));

        assertThat(theatre.count("select count(*) from outbox_message")).isEqualTo(before);
        for (var address : List.of(former, email)) {
            assertThat(records(new BlacklistDisclosureSearch().email(address)))
                    .containsExactly(new DisclosureRecord()
                            .disclosureId(told.getDisclosureId())
                            .disclosedAt(told.getDisclosedAt())
                            .disclosedBy("admin")
                            .checkedBy("Doorman")
                            .proof("Passport seen")
                            .language("en")
                            .email(former)
                            .entryIds(List.of(entry.getEntryId()))
                            .attemptsInAll(0));
        }
    }

    @Test
    void historyGoesFromTheNewestToTheOldestWithoutGaps() throws ApiException {
        var customer = visitors.customer(email).value();
        var mine = new ArrayList<UUID>();
        for (int i = 0; i < 5; i++) {
            mine.addFirst(
                    tell(new BlacklistDisclosureRequest().customerId(customer)).getDisclosureId());
        }
        var seen = new ArrayList<UUID>();
        String cursor = null;
        do {
            var page = visitors.office()
                    .blacklistDisclosures()
                    .searchBlacklistDisclosures(new BlacklistDisclosureSearch()
                            .customerId(customer)
                            .limit(2)
                            .cursor(cursor));
            page.getItems().forEach(record -> seen.add(record.getDisclosureId()));
            tell(new BlacklistDisclosureRequest().customerId(customer));
            cursor = page.getNextCursor();
        } while (cursor != null);

        assertThat(seen).containsExactlyElementsOf(mine);
        assertThat(records(new BlacklistDisclosureSearch().limit(1))).hasSize(1);
    }

    @Test
    void unknownCustomerIsPointedAt() {
        var problem = expect(
                404, "customer-not-found", () -> tell(new BlacklistDisclosureRequest().customerId(UUID.randomUUID())));

        assertThat(problem.getErrors())
                .singleElement()
                .satisfies(fault -> assertThat(fault.getPointer()).isEqualTo("#/customerId"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"proof\": \"Passport\"}|#",
                "{\"proof\": \"P\", \"email\": \"a@example.org\", \"customerId\": \"0199d2a0-1a2b-7c33-8d44-5e6f70819203\"}|#",
                "{\"email\": \"a@example.org\"}|#/proof",
                "{\"email\": \"a@example.org\", \"proof\": \"  \"}|#/proof",
                "{\"email\": \"a@example.org\", \"proof\": \"P\", \"checkedBy\": \" \"}|#/checkedBy"
            })
    void withoutAPersonOrAProofNothingIsTold(String body, String pointer) {
        visitors.expectFault(PATH, body, pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"email\": \"a@example.org\", \"customerId\": \"0199d2a0-1a2b-7c33-8d44-5e6f70819203\"}|#",
                "{\"cursor\": \"abc\"}|#/cursor"
            })
    void nonsenseIsRefusedWithAPointer(String body, String pointer) {
        visitors.expectFault("/v1/back-office/blacklist-disclosure-searches", body, pointer);
    }

    private static BlacklistDisclosureRequest by(String email) {
        return new BlacklistDisclosureRequest().email(email);
    }

    private static BlacklistDisclosure tell(BlacklistDisclosureRequest request) throws ApiException {
        var proven = request.getProof() == null ? request.proof("Passport seen") : request;
        return visitors.office().blacklistDisclosures().discloseBlacklisting(proven);
    }

    private static List<DisclosureRecord> records(BlacklistDisclosureSearch search) throws ApiException {
        return visitors.office()
                .blacklistDisclosures()
                .searchBlacklistDisclosures(search)
                .getItems();
    }
}

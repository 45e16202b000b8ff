package dev.abendkasse.server.blacklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.abendkasse.office.api.BlacklistApi;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.BlacklistEntry;
import dev.abendkasse.office.model.BlacklistLiftingNote;
import dev.abendkasse.office.model.BlacklistSearch;
import dev.abendkasse.sdk.AbendkasseProblem;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import reactor.core.publisher.Flux;

class BlacklistTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static Theatre theatre;
    private static BlacklistApi blacklist;

    private final Buyers buyers = new Buyers(theatre.server(), theatre.db());
    private final String email = newEmail();

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.web.carts-per-minute", "1000"));
        blacklist = theatre.office().blacklist();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void entrySaysWhomWhyAndByWhom() throws ApiException {
        var end = OffsetDateTime.parse("2099-06-30T22:00:00Z");

        var entry = blacklist.addBlacklistEntry(
                UUID.randomUUID(),
                new BlacklistDraft()
                        .email(email)
                        .reason("Three chargebacks\nin a row")
                        .endsAt(end));

        assertThat(entry.getEmail()).isEqualTo(email);
        assertThat(entry.getReason()).isEqualTo("Three chargebacks\nin a row");
        assertThat(entry.getCreatedBy()).isEqualTo("admin");
        assertThat(entry.getEndsAt()).isEqualTo(end);
        assertThat(entry.getActive()).isTrue();
        assertThat(entry.getLiftedAt()).isNull();
        assertThat(find(email, false)).containsExactly(entry);
    }

    @Test
    void b2OtherWaysOfWritingTheAddressAreBlockedAsWell() throws ApiException {
        block(email);

        assertThat(checkOut(null, email.toUpperCase())).isInstanceOf(CheckoutOutcome.Redirect.class);
        assertThat(find(email.toUpperCase(), true)).hasSize(1);
    }

    @Test
    void b1GuestWhoTypesTheAddressOfABlockedAccountIsNoStranger() throws ApiException {
        var former = newEmail();
        var customer = buyers.customer(former, email);
        block(customer);

        assertThat(checkOut(null, email)).isInstanceOf(CheckoutOutcome.Redirect.class);
        assertThat(checkOut(null, former)).isInstanceOf(CheckoutOutcome.Redirect.class);
        assertThat(checkOut(customer, newEmail())).isInstanceOf(CheckoutOutcome.Redirect.class);
    }

    @Test
    void b8FormerAddressOfAnAccountCountsWhateverIsTyped() throws ApiException {
        var former = newEmail();
        var customer = buyers.customer(former, email);
        block(former);

        assertThat(checkOut(customer, newEmail())).isInstanceOf(CheckoutOutcome.Redirect.class);
        assertThat(checkOut(null, email)).isInstanceOf(CheckoutOutcome.Redirect.class);
    }

    @Test
    void strangersAreNotTouched() throws ApiException {
        var customer = buyers.customer(newEmail(), email);
        block(buyers.customer(newEmail()));
        block(newEmail());

        assertThat(checkOut(customer, email)).isInstanceOf(CheckoutOutcome.Confirmed.class);
        assertThat(checkOut(null, newEmail())).isInstanceOf(CheckoutOutcome.Confirmed.class);
    }

    @Test
    void entriesOfAnAccountAreFoundByAnyAddressItEverHad() throws ApiException {
        var former = newEmail();
        var entry = block(buyers.customer(former, email));

        assertThat(find(former, false)).containsExactly(entry);
        assertThat(find(email, false)).containsExactly(entry);
        assertThat(find(newEmail(), false)).isEmpty();
    }

    @Test
    void b4LiftedBlockBlocksNoMoreAndLiftingTwiceChangesNothing() throws ApiException {
        var entry = block(email);

        var lifted = blacklist.liftBlacklistEntry(entry.getEntryId(), new BlacklistLiftingNote().note("A mistake"));
        var again = blacklist.liftBlacklistEntry(entry.getEntryId(), new BlacklistLiftingNote().note("Other"));

        assertThat(lifted.getActive()).isFalse();
        assertThat(lifted.getLiftedBy()).isEqualTo("admin");
        assertThat(lifted.getLiftNote()).isEqualTo("A mistake");
        assertThat(again).isEqualTo(lifted);
        assertThat(find(email, true)).isEmpty();
        assertThat(find(email, false)).containsExactly(lifted);
        assertThat(checkOut(null, email)).isInstanceOf(CheckoutOutcome.Confirmed.class);
    }

    @Test
    void ofManyWhoLiftAtOnceOneHasDoneItAndAllAreToldWho() throws ApiException {
        var entry = block(email);
        var service = theatre.server().bean(BlacklistService.class);

        var answers = Awaited.of(Flux.range(0, 20)
                .flatMap(n -> service.lift(entry.getEntryId(), "clerk-" + n, "note " + n), 20)
                .collectList());

        assertThat(answers).hasSize(20).containsOnly(answers.getFirst());
    }

    @Test
    void blockWithAnEndEndsByItself() throws ApiException {
        var entry = blacklist.addBlacklistEntry(
                UUID.randomUUID(),
                new BlacklistDraft()
                        .email(email)
                        .reason("Test")
                        .endsAt(OffsetDateTime.now().plus(Duration.ofDays(1))));
        Theatre.execute(
                theatre.db(),
                "update blacklist_entry set ends_at = clock_timestamp() where entry_id = '" + entry.getEntryId() + "'");

        assertThat(find(email, true)).isEmpty();
        assertThat(find(email, false))
                .singleElement()
                .satisfies(it -> assertThat(it.getActive()).isFalse());
        assertThat(checkOut(null, email)).isInstanceOf(CheckoutOutcome.Confirmed.class);
    }

    @Test
    void pagesGoFromTheNewestToTheOldestWithoutGapsWhileOthersBlock() throws ApiException {
        var mine = new ArrayList<UUID>();
        for (int i = 0; i < 5; i++) {
            mine.addFirst(block(email).getEntryId());
        }

        var seen = new ArrayList<UUID>();
        String cursor = null;
        do {
            var page = blacklist.searchBlacklistEntries(
                    new BlacklistSearch().email(email).cursor(cursor).limit(2));
            page.getItems().forEach(entry -> seen.add(entry.getEntryId()));
            block(email);
            cursor = page.getNextCursor();
        } while (cursor != null);

        assertThat(seen).containsExactlyElementsOf(mine);
    }

    @Test
    void faultsArePointedAtAndChangeNothing() throws ApiException {
        var past = OffsetDateTime.parse("2020-01-01T00:00:00Z");

        problem(
                400,
                "invalid-request",
                "#",
                () -> blacklist.addBlacklistEntry(UUID.randomUUID(), new BlacklistDraft().reason("Test")));
        problem(
                400,
                "invalid-request",
                "#/endsAt",
                () -> blacklist.addBlacklistEntry(
                        UUID.randomUUID(),
                        new BlacklistDraft().email(email).reason("Test").endsAt(past)));
        problem(
                400,
                "invalid-request",
                "#/reason",
                () -> blacklist.addBlacklistEntry(
                        UUID.randomUUID(), new BlacklistDraft().email(email).reason(" ")));
        problem(
                404,
                "customer-not-found",
                "#/customerId",
                () -> blacklist.addBlacklistEntry(
                        UUID.randomUUID(),
                        new BlacklistDraft().customerId(UUID.randomUUID()).reason("Test")));
        assertThat(find(email, false)).isEmpty();
    }

    @Test
    void unknownEntryAndForeignCursorAreRefused() {
        problem(
                404,
                "blacklist-entry-not-found",
                null,
                () -> blacklist.liftBlacklistEntry(UUID.randomUUID(), new BlacklistLiftingNote()));
        for (var cursor : List.of("AAAA", "MjAyNi0xMS0yMlQwNDozNDowOFosMQ", "-____")) {
            problem(400, "invalid-request", null, () -> blacklist.listBlacklistEntries(null, cursor, null));
        }
    }

    @Test
    void onlyTheBackOfficeIsLetIn() {
        theatre.server()
                .http()
                .get()
                .uri("/v1/back-office/blacklist-entries")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void b7PublicContractDoesNotHintAtIt() throws IOException {
        var contract = new ClassPathResource("contract/openapi.yaml").getContentAsString(StandardCharsets.UTF_8);

        assertThat(contract).doesNotContainPattern("(?i)blacklist|black list|blocked|banned|unwanted");
    }

    private static void problem(int status, String code, String pointer, ThrowingCallable call) {
        var failure = catchThrowableOfType(ApiException.class, call);
        var problem = AbendkasseProblem.from(failure).orElseThrow();

        assertThat(failure.getCode()).isEqualTo(status);
        assertThat(problem.getCode()).isEqualTo(code);
        if (pointer != null) {
            assertThat(problem.getErrors()).singleElement().satisfies(fault -> {
                assertThat(fault.getPointer()).isEqualTo(pointer);
                assertThat(fault.getDetail()).doesNotContain("{", "fault.");
            });
        }
    }

    private static BlacklistEntry block(String address) throws ApiException {
        return blacklist.addBlacklistEntry(
                UUID.randomUUID(), new BlacklistDraft().email(address).reason("Test"));
    }

    private static BlacklistEntry block(CustomerId customer) throws ApiException {
        return blacklist.addBlacklistEntry(
                UUID.randomUUID(),
                new BlacklistDraft().customerId(customer.value()).reason("Test"));
    }

    private static List<BlacklistEntry> find(String address, boolean active) throws ApiException {
        return blacklist
                .searchBlacklistEntries(new BlacklistSearch().email(address).active(active))
                .getItems();
    }

    private CheckoutOutcome checkOut(CustomerId customer, String typed) {
        return Awaited.of(buyers.hold(customer, new Selection(theatre.performance(), null, "free", 1, null))
                .flatMap(cart -> buyers.checkOut(cart, customer, null, typed)));
    }

    private static String newEmail() {
        return "someone-" + NUMBER.incrementAndGet() + "@example.org";
    }
}

package dev.abendkasse.server.blacklist;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.BlacklistSuggestionsApi;
import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.BlacklistEntry;
import dev.abendkasse.office.model.BlacklistFact;
import dev.abendkasse.office.model.BlacklistFactCount;
import dev.abendkasse.office.model.BlacklistFactKind;
import dev.abendkasse.office.model.BlacklistLiftingNote;
import dev.abendkasse.office.model.BlacklistSearch;
import dev.abendkasse.office.model.BlacklistSuggestion;
import dev.abendkasse.office.model.BlacklistSuggestionDismissal;
import dev.abendkasse.office.model.BlacklistSuggestionNote;
import dev.abendkasse.office.model.BlacklistSuggestionReason;
import dev.abendkasse.office.model.BlacklistSuggestionRule;
import dev.abendkasse.sdk.AccessTokens;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.security.ApiClients;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

/** Whom staff are told about, why, and what they decide. */
class SuggestionTests {

    private static final String PATH = "/v1/back-office/blacklist-suggestions";

    private static Theatre house;
    private static BlacklistSuggestionsApi suggestions;

    /** A hall of the test's own. */
    private Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        house = Theatre.open();
        suggestions = house.office().blacklistSuggestions();
    }

    @AfterAll
    static void closeTheTheatre() {
        house.close();
    }

    @BeforeEach
    void openAHall() {
        theatre = house.anotherHall(1);
    }

    @Test
    void personIsSuggestedWithReasonsAndFigures() throws ApiException {
        var guest = Regular.guest(theatre).buys(2);
        guest.givesBack(3);

        var suggestion = suggested(guest).orElseThrow();

        assertThat(suggestion.getCustomerId()).isNull();
        assertThat(suggestion.getEmail()).isEqualTo(guest.email());
        assertThat(suggestion.getName()).isEqualTo("Example Buyer");
        assertThat(suggestion.getReasons())
                .containsExactly(
                        reason(BlacklistSuggestionRule.FACTS, 3, 3),
                        reason(BlacklistSuggestionRule.PURCHASES, 5, 5),
                        reason(BlacklistSuggestionRule.SHARE_PERCENT, 60, 50));
        assertThat(suggestion.getCounts())
                .containsExactly(new BlacklistFactCount()
                        .kind(BlacklistFactKind.BUYER_REFUND)
                        .count(3));
    }

    @Test
    void factsAreListedWithOrderAmountAndPerformanceTheNewestFirst() throws ApiException {
        var guest = Regular.guest(theatre).buys(2).givesBack(2);
        var last = guest.givesBack();
        var suggestion = suggested(guest).orElseThrow();

        var file = suggestions.getBlacklistSuggestion(suggestion.getSuggestionId());

        assertThat(file.getSuggestion().getVersion()).isEqualTo(suggestion.getVersion());
        assertThat(file.getFacts())
                .hasSize(3)
                .isSortedAccordingTo((one, other) -> other.getAt().compareTo(one.getAt()));
        assertThat(file.getFacts().getFirst()).satisfies(fact -> {
            assertThat(fact.getKind()).isEqualTo(BlacklistFactKind.BUYER_REFUND);
            assertThat(fact.getOrderId()).isEqualTo(last);
            assertThat(fact.getOrderNumber()).matches("[0-9]+");
            assertThat(fact.getAmount().getAmount()).isEqualTo(5_000);
            assertThat(fact.getAt()).isEqualTo(suggestion.getLatestFactAt());
            assertThat(fact.getPerformances())
                    .singleElement()
                    .satisfies(performance ->
                            assertThat(performance.getPerformanceId()).isEqualTo(theatre.performance()));
        });
    }

    @Test
    void b9TwoPurchasesThatBothCameBackAreNoReason() throws ApiException {
        var guest = Regular.guest(theatre).givesBack(2);

        assertThat(suggested(guest)).isEmpty();
        assertThat(suggested(guest.givesBack(1))).as("three of three").isEmpty();
        assertThat(suggested(guest.buys(1))).as("three of four").isEmpty();
        assertThat(suggested(guest.buys(1))).as("three of five").isPresent();
    }

    @Test
    void b9WhoBuysMuchMayGiveSomeOfItBack() throws ApiException {
        var guest = Regular.guest(theatre).buys(4).givesBack(3);

        assertThat(suggested(guest)).as("three of seven").isEmpty();
        assertThat(suggested(guest.givesBack(1))).as("four of eight").isPresent();
    }

    @Test
    void b9SeveralFactsOfOnePurchaseAreOneMishap() throws ApiException {
        var guest = Regular.guest(theatre).buys(3);
        var order = guest.givesBack();
        guest.refund(order, "BUYER_REQUEST");
        guest.refund(order, "BUYER_REQUEST");

        assertThat(suggested(guest.givesBack(1))).isEmpty();
        var suggestion = suggested(guest.givesBack(1)).orElseThrow();
        assertThat(suggestion.getReasons().getFirst().getFound()).isEqualTo(3);
        assertThat(suggestion.getCounts().getFirst().getCount()).isEqualTo(5);
    }

    @Test
    void whatIsLongAgoDoesNotCount() throws ApiException {
        var guest = Regular.guest(theatre).buys(2).givesBack(2);
        var old = guest.givesBack();
        assertThat(suggested(guest)).isPresent();

        Theatre.execute(
                theatre.db(),
                "update refund set created_at = created_at - interval '366 days' where order_id = '" + old + "'");

        assertThat(suggested(guest)).isEmpty();
    }

    @Test
    void whatAGuestDoesUnderAnAddressThatAnAccountHasOrHadIsTheAccountsDoing() throws ApiException {
        var former = Regular.newEmail();
        var customer = Regular.customer(theatre, former, Regular.newEmail()).buys(2);
        customer.givesBack(1);
        Regular.guest(theatre, customer.email().toUpperCase()).givesBack(1);
        Regular.guest(theatre, former).givesBack(1);

        var suggestion = suggested(customer).orElseThrow();

        assertThat(suggestion.getSuggestionId()).isEqualTo(customer.customer().value());
        assertThat(suggestion.getCustomerId()).isEqualTo(customer.customer().value());
        assertThat(suggestion.getEmail()).isEqualTo(customer.email());
        assertThat(suggestion.getReasons().get(1).getFound()).isEqualTo(5);
        assertThat(all()).extracting(BlacklistSuggestion::getEmail).doesNotContain(former);
    }

    @Test
    void guestWhoOpensAnAccountIsTheSamePersonAndB4WhatWasDismissedStaysDismissed() throws ApiException {
        var guest = Regular.guest(theatre).buys(2).givesBack(3);
        dismiss(suggested(guest).orElseThrow());
        var other = Regular.guest(theatre).buys(2).givesBack(3);
        var before = suggested(other).orElseThrow().getSuggestionId();

        var account = Regular.customer(theatre, guest.email());
        var second = Regular.customer(theatre, other.email());

        assertThat(suggested(account)).isEmpty();
        assertThat(suggested(second)).isPresent();
        notFound(() -> suggestions.getBlacklistSuggestion(before));
    }

    @Test
    void personWhoIsBlockedIsNotSuggested() throws ApiException {
        var guest = Regular.guest(theatre).buys(2).givesBack(3);
        var customer = Regular.customer(theatre, Regular.newEmail()).buys(2).givesBack(3);
        var suggestion = suggested(customer).orElseThrow();

        block(suggested(guest).orElseThrow());
        block(suggestion);

        assertThat(suggested(guest)).isEmpty();
        assertThat(suggested(customer)).isEmpty();
        notFound(() -> suggestions.getBlacklistSuggestion(suggestion.getSuggestionId()));
        notFound(() -> dismiss(suggestion));
    }

    @Test
    void b4LiftedBlockIsNotSuggestedAgainForTheSameFactsAndNewOnesHaveAMinimumOfTheirOwn() throws ApiException {
        var guest = Regular.guest(theatre).buys(2).givesBack(3);
        var entry = block(suggested(guest).orElseThrow());
        house.office().blacklist().liftBlacklistEntry(entry.getEntryId(), new BlacklistLiftingNote().note("A mistake"));

        assertThat(suggested(guest)).isEmpty();
        assertThat(suggested(guest.givesBack(2))).as("two new facts").isEmpty();
        assertThat(suggested(guest.givesBack(1)))
                .as("three of three new purchases")
                .isEmpty();
        var again = suggested(guest.buys(2)).orElseThrow();
        assertThat(again.getReasons().get(1).getFound()).isEqualTo(5);
        assertThat(again.getSince()).isAfter(entry.getCreatedAt());
        assertThat(facts(again)).hasSize(3);
    }

    @Test
    void b4BlockThatEndedByItselfIsNotSuggestedAgainForTheSameFacts() throws ApiException {
        var customer = Regular.customer(theatre, Regular.newEmail()).buys(2).givesBack(3);
        var entry = block(suggested(customer).orElseThrow());

        Theatre.execute(
                theatre.db(),
                "update blacklist_entry set ends_at = clock_timestamp() where entry_id = '" + entry.getEntryId() + "'");

        assertThat(suggested(customer)).isEmpty();
        assertThat(suggested(customer.buys(2).givesBack(3))).isPresent();
    }

    @Test
    void b4DismissedSuggestionIsNotMadeAgainForTheSameFactsAndNewOnesHaveAMinimumOfTheirOwn() throws ApiException {
        var guest = Regular.guest(theatre).buys(2).givesBack(3);
        var suggestion = suggested(guest).orElseThrow();

        var dismissal = dismiss(suggestion);

        assertThat(dismissal.getFacts()).isEqualTo(3);
        assertThat(dismissal.getNote()).isEqualTo("A school");
        assertThat(dismissal.getDismissedBy()).isEqualTo("admin");
        assertThat(suggested(guest)).isEmpty();
        notFound(() -> dismiss(suggestion));
        assertThat(suggested(guest.givesBack(3))).isEmpty();
        var again = suggested(guest.buys(2)).orElseThrow();
        assertThat(again.getSuggestionId()).isEqualTo(suggestion.getSuggestionId());
        assertThat(again.getVersion()).isNotEqualTo(suggestion.getVersion());
        assertThat(facts(again)).hasSize(3);
    }

    @Test
    void factThatComesOrGoesMeanwhileMakesTheDecisionAnotherOne() throws ApiException {
        var guest = Regular.guest(theatre).buys(1).givesBack(4);
        var read = suggested(guest).orElseThrow();
        var order = guest.givesBack();

        expect(412, "version-conflict", () -> dismiss(read));

        var newer = suggested(guest).orElseThrow();
        Theatre.execute(theatre.db(), "update refund set reason = 'STAFF_ERROR' where order_id = '" + order + "'");
        expect(412, "version-conflict", () -> dismiss(newer));
        assertThat(dismiss(suggested(guest).orElseThrow()).getFacts()).isEqualTo(4);
    }

    @Test
    void performanceThatIsCancelledTakesItsFactsAndItsPurchasesAlong() throws ApiException {
        var other = house.anotherHall(1);
        var guest = Regular.guest(theatre).buys(2).givesBack(3);
        Regular.guest(other, guest.email()).buys(2).givesBack(3);
        assertThat(facts(suggested(guest).orElseThrow())).hasSize(6);

        Theatre.execute(
                theatre.db(),
                "update performance set state = 'CANCELLED' where performance_id = '" + other.performance() + "'");

        assertThat(facts(suggested(guest).orElseThrow())).hasSize(3);
        assertThat(suggested(guest).orElseThrow().getReasons().get(1).getFound())
                .isEqualTo(5);
    }

    /** All buyers of these tests come from one address of the network. */
    @Test
    void b10NeighboursOnTheSameNetworkAreNotSuggested() throws ApiException {
        var guest = Regular.guest(theatre).buys(2).givesBack(3);
        var neighbour = Regular.guest(theatre).buys(5);

        assertThat(suggested(guest)).isPresent();
        assertThat(suggested(neighbour)).isEmpty();
        assertThat(theatre.count("select count(*) from information_schema.columns where table_name in ("
                        + "'suggestion_fact', 'late_cancellation', 'suggestion_dismissal', 'dismissed_fact')"
                        + " and column_name ~ '(ip|address|agent|device)'"))
                .isZero();
    }

    @Test
    void b9NoNumberOfFactsBlocksAnybody() throws ApiException {
        var guest = Regular.guest(theatre).givesBack(12);
        assertThat(suggested(guest)).isPresent();

        assertThat(guest.checkOut()).isInstanceOf(CheckoutOutcome.Confirmed.class);
        assertThat(house.office()
                        .blacklist()
                        .searchBlacklistEntries(new BlacklistSearch().email(guest.email()))
                        .getItems())
                .isEmpty();
    }

    @Test
    void pagesGoFromTheNewestFactToTheOldestAndLeaveNobodyOut() throws ApiException {
        var guests = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            guests.addFirst(Regular.guest(theatre).buys(2).givesBack(3).email());
        }

        var seen = new ArrayList<String>();
        String cursor = null;
        do {
            var page = suggestions.listBlacklistSuggestions(cursor, 2);
            assertThat(page.getItems()).hasSizeLessThanOrEqualTo(2);
            page.getItems().forEach(suggestion -> seen.add(suggestion.getEmail()));
            cursor = page.getNextCursor();
        } while (cursor != null);

        assertThat(seen).doesNotHaveDuplicates().containsSubsequence(guests);
    }

    @Test
    void unknownSuggestionAndForeignCursorAreRefused() {
        notFound(() -> suggestions.getBlacklistSuggestion(UUID.randomUUID()));
        notFound(() -> suggestions.dismissBlacklistSuggestion(
                UUID.randomUUID(), "\"1\"", new BlacklistSuggestionNote().note("Test")));
        expect(400, "invalid-request", () -> suggestions.listBlacklistSuggestions("AAAA", null));
        expect(
                400,
                "invalid-request",
                () -> suggestions.dismissBlacklistSuggestion(
                        UUID.randomUUID(), "\"1\"", new BlacklistSuggestionNote().note(" ")));
    }

    @Test
    void onlyTheBackOfficeIsLetIn() {
        var till = token("till", "box-office");

        assertThat(status("GET", PATH, null)).isEqualTo(401);
        assertThat(status("GET", PATH, till)).isEqualTo(403);
        assertThat(status("GET", PATH + "/" + UUID.randomUUID(), till)).isEqualTo(403);
        assertThat(status("POST", PATH + "/" + UUID.randomUUID() + "/dismissal", till))
                .isEqualTo(403);
    }

    @Test
    void decisionSaysOnWhatItWasMade() {
        var office = token("office", "back-office");

        assertThat(status("POST", PATH + "/" + UUID.randomUUID() + "/dismissal", office))
                .isEqualTo(428);
    }

    private static int status(String method, String path, @Nullable String token) {
        var request = house.server()
                .http()
                .method(HttpMethod.valueOf(method))
                .uri(path)
                .headers(headers -> Optional.ofNullable(token).ifPresent(headers::setBearerAuth));
        return (method.equals("POST") ? request.bodyValue(Map.of("note", "Test")) : request)
                .exchange()
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
    }

    private static String token(String clientId, String scope) {
        var secret = Awaited.of(house.server().bean(ApiClients.class).create(clientId, Set.of(scope)));
        return AccessTokens.clientCredentials(house.address(), clientId, secret).get();
    }

    private static BlacklistSuggestionDismissal dismiss(BlacklistSuggestion suggestion) throws ApiException {
        return suggestions.dismissBlacklistSuggestion(
                suggestion.getSuggestionId(),
                "\"" + suggestion.getVersion() + "\"",
                new BlacklistSuggestionNote().note("A school"));
    }

    /** With what the suggestion carries. */
    private static BlacklistEntry block(BlacklistSuggestion suggestion) throws ApiException {
        var draft = new BlacklistDraft().reason("Gives everything back");
        return house.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(),
                        suggestion.getCustomerId() == null
                                ? draft.email(suggestion.getEmail())
                                : draft.customerId(suggestion.getCustomerId()));
    }

    private static List<BlacklistFact> facts(BlacklistSuggestion suggestion) throws ApiException {
        return suggestions.getBlacklistSuggestion(suggestion.getSuggestionId()).getFacts();
    }

    private static Optional<BlacklistSuggestion> suggested(Regular person) throws ApiException {
        return all().filter(suggestion -> person.customer() == null
                        ? person.email().equals(suggestion.getEmail())
                        : person.customer().value().equals(suggestion.getCustomerId()))
                .findFirst();
    }

    private static Stream<BlacklistSuggestion> all() throws ApiException {
        return suggestions.listBlacklistSuggestions(null, 100).getItems().stream();
    }

    private static void notFound(ThrowingCallable call) {
        Problems.expect(404, "blacklist-suggestion-not-found", call);
    }

    private static BlacklistSuggestionReason reason(BlacklistSuggestionRule rule, int found, int threshold) {
        return new BlacklistSuggestionReason().rule(rule).found(found).threshold(threshold);
    }
}

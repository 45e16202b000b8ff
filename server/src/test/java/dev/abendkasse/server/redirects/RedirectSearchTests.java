package dev.abendkasse.server.redirects;

import static dev.abendkasse.server.redirects.Visitors.newEmail;
import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BlacklistChange;
import dev.abendkasse.office.model.BlacklistLiftingNote;
import dev.abendkasse.office.model.PurchasePerformance;
import dev.abendkasse.office.model.RedirectBlock;
import dev.abendkasse.office.model.RedirectReason;
import dev.abendkasse.office.model.RedirectedCheckout;
import dev.abendkasse.office.model.RedirectedCheckoutSearch;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Theatre;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody calls and asks why they could not buy. */
class RedirectSearchTests {

    private static final String PATH = "/v1/back-office/redirected-checkout-searches";

    private static Theatre theatre;
    private static Visitors visitors;

    private final String email = newEmail();

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.web.carts-per-minute", "1000", "abendkasse.cart.sweep-every", "1h"));
        visitors = new Visitors(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void b1OneSearchFindsABlockedGuestsAttemptWithPerformanceAmountAndReason() throws ApiException {
        var entry = visitors.block(email);
        var before = OffsetDateTime.now().minusMinutes(1);
        var cart = visitors.attempt(theatre.shop(), theatre.best("a", 2), email.toUpperCase());

        assertThat(find(email)).singleElement().satisfies(attempt -> {
            assertThat(attempt.getAt()).isBetween(before, OffsetDateTime.now().plusMinutes(1));
            assertThat(attempt.getCartId()).isEqualTo(cart.getCartId());
            assertThat(attempt.getPickupCode()).isEqualTo(cart.getPickupCode());
            assertThat(attempt.getShopId()).isEqualTo("main");
            assertThat(attempt.getEmail()).isEqualTo(email.toUpperCase());
            assertThat(attempt.getCustomerId()).isNull();
            assertThat(attempt.getQuantity()).isEqualTo(2);
            assertThat(attempt.getTotal().getAmount()).isEqualTo(10_000);
            assertThat(attempt.getTotal().getCurrency()).isEqualTo("EUR");
            assertThat(attempt.getPerformances()).singleElement().satisfies(performance -> {
                assertThat(performance.getPerformanceId()).isEqualTo(theatre.performance());
                assertThat(performance.getTitle()).isEqualTo("Faust");
                assertThat(performance.getStartsAt()).isAfter(OffsetDateTime.now());
            });
            assertThat(attempt.getReason()).isEqualTo(RedirectReason.BLACKLISTED);
            assertThat(attempt.getExplanation()).contains("blocked").doesNotContain("redirect.", "{");
            assertThat(attempt.getBlocks()).singleElement().satisfies(block -> {
                assertThat(block.getEntryId()).isEqualTo(entry.getEntryId());
                assertThat(block.getReason()).isEqualTo("Three chargebacks");
                assertThat(block.getCreatedAt()).isEqualTo(entry.getCreatedAt());
                assertThat(block.getActive()).isTrue();
            });
        });
    }

    @Test
    void b8AttemptsAreFoundByEveryAddressOfTheAccountWhateverWasTyped() throws ApiException {
        var former = newEmail();
        var later = newEmail();
        var customer = visitors.customer(former, email);
        visitors.block(customer);
        var carts = List.of(
                visitors.attempt(visitors.as(customer), theatre.best("ga", 1), newEmail())
                        .getCartId(),
                visitors.attempt(former).getCartId(),
                visitors.attempt(email.toUpperCase()).getCartId());
        visitors.moves(customer, later);

        for (var address : List.of(former, email, later, former.toUpperCase())) {
            assertThat(find(address))
                    .extracting(RedirectedCheckout::getCartId)
                    .containsExactlyElementsOf(carts.reversed());
        }
        var attempts = search(new RedirectedCheckoutSearch().customerId(customer.value()));
        assertThat(attempts).extracting(RedirectedCheckout::getCartId).containsExactlyElementsOf(carts.reversed());
        assertThat(attempts.getLast().getCustomerId()).isEqualTo(customer.value());
        assertThat(attempts.getLast().getOwnerId()).isEqualTo(customer.value());
        assertThat(attempts.getFirst().getCustomerId()).isNull();
    }

    @Test
    void b2AttemptsAreFoundByOtherWaysOfWritingTheAddress() throws ApiException {
        var name = "redirect" + UUID.randomUUID().toString().replace("-", "");
        visitors.attemptTooLate(name + "+tag@googlemail.com");

        assertThat(find(name.charAt(0) + "." + name.substring(1) + "@gmail.com"))
                .hasSize(1);
        assertThat(find(name + "@example.com")).isEmpty();
    }

    @Test
    void innocentRedirectsAreFoundWithTheirReasons() throws ApiException {
        var late = visitors.attemptTooLate(email);
        var abandoned = theatre.hold(theatre.best("ga", 1));
        theatre.shop().withCartToken(abandoned.getCartToken()).carts().abandonCart(abandoned.getCartId(), null);
        visitors.endAtTheOverview(theatre.shop(), abandoned, email);
        var robbed = theatre.hold(theatre.best("ga", 2));
        Theatre.execute(
                theatre.db(),
                "update place set holder = null, held_until = '-infinity' where holder = '" + robbed.getCartId() + "'");
        visitors.endAtTheOverview(theatre.shop(), robbed, email);
        var other = theatre.anotherHall(10);
        var off = other.hold(other.best("ga", 1));
        Theatre.execute(
                theatre.db(),
                "update performance set state = 'CANCELLED' where performance_id = '" + other.performance() + "'");
        visitors.endAtTheOverview(theatre.shop(), off, email);

        var found = find(email);

        assertThat(found)
                .extracting(RedirectedCheckout::getCartId)
                .containsExactly(off.getCartId(), robbed.getCartId(), abandoned.getCartId(), late.getCartId());
        assertThat(found)
                .extracting(RedirectedCheckout::getReason)
                .containsExactly(
                        RedirectReason.PERFORMANCE_CANCELLED,
                        RedirectReason.SEATS_LOST,
                        RedirectReason.CLOSED,
                        RedirectReason.EXPIRED);
        assertThat(found).allSatisfy(attempt -> {
            assertThat(attempt.getBlocks()).isEmpty();
            assertThat(attempt.getExplanation()).doesNotContain("redirect.", "blocked");
        });
        assertThat(search(by(email).reasons(Set.of(RedirectReason.CLOSED, RedirectReason.EXPIRED))))
                .hasSize(2);
    }

    @Test
    void cartAndPickupCodeAsToldLeadToTheAttempt() throws ApiException {
        var cart = theatre.hold(theatre.best("ga", 1));
        Theatre.execute(
                theatre.db(), "update cart set pickup_code = '10B01C' where cart_id = '" + cart.getCartId() + "'");
        theatre.letTimePass(cart.getCartId());
        visitors.endAtTheOverview(theatre.shop(), cart, email);

        assertThat(search(new RedirectedCheckoutSearch().pickupCode("lob-o1c")))
                .extracting(RedirectedCheckout::getCartId)
                .containsExactly(cart.getCartId());
        assertThat(search(new RedirectedCheckoutSearch().cartId(cart.getCartId())))
                .extracting(RedirectedCheckout::getEmail)
                .containsExactly(email);
        assertThat(search(new RedirectedCheckoutSearch().cartId(UUID.randomUUID())))
                .isEmpty();
    }

    @Test
    void whatWasInTheCartIsToldAsItWasThen() throws ApiException {
        var cart = visitors.attemptTooLate(email);
        var shop = theatre.shop().withCartToken(cart.getCartToken());
        shop.carts().removeItem(cart.getCartId(), cart.getItems().getFirst().getItemId(), null);

        assertThat(find(email)).singleElement().satisfies(attempt -> {
            assertThat(attempt.getQuantity()).isOne();
            assertThat(attempt.getTotal().getAmount()).isEqualTo(5_000);
            assertThat(attempt.getPerformances())
                    .extracting(PurchasePerformance::getPerformanceId)
                    .containsExactly(theatre.performance());
        });
    }

    @Test
    void emptyCartOfSomebodyUnknownIsNotedToo() throws ApiException {
        var cart = theatre.shop().carts().createCart(new CartCreation(), null);
        theatre.letTimePass(cart.getCartId());
        Theatre.checkOut(
                theatre.shop(), cart, UUID.randomUUID(), new CheckoutRequest().paymentMethod(PaymentMethod.CARD));

        assertThat(search(new RedirectedCheckoutSearch().cartId(cart.getCartId())))
                .singleElement()
                .satisfies(attempt -> {
                    assertThat(attempt.getEmail()).isNull();
                    assertThat(attempt.getTotal()).isNull();
                    assertThat(attempt.getQuantity()).isZero();
                    assertThat(attempt.getPerformances()).isEmpty();
                });
    }

    @Test
    void entriesAreThoseThatStoodInTheWayThen() throws ApiException {
        var lifted = visitors.block(email);
        lift(lifted.getEntryId());
        Theatre.execute(
                theatre.db(),
                "update blacklist_entry set lifted_at = lifted_at - interval '1 minute', created_at = created_at -"
                        + " interval '2 minutes' where entry_id = '" + lifted.getEntryId() + "'");
        var first = visitors.block(email);
        visitors.attempt(email);
        var second = visitors.block(email);
        visitors.attempt(email);
        visitors.block(newEmail());

        assertThat(find(email))
                .extracting(attempt -> attempt.getBlocks().stream()
                        .map(RedirectBlock::getEntryId)
                        .toList())
                .containsExactly(List.of(second.getEntryId(), first.getEntryId()), List.of(first.getEntryId()));
    }

    @Test
    void b3EntryThatOutlivesTheAccountIsNamedByTheAddressThatIsLeft() throws ApiException {
        var customer = visitors.customer(email);
        var entry = visitors.block(customer);
        visitors.attempt(visitors.as(customer), theatre.best("ga", 1), newEmail());
        Theatre.execute(theatre.db(), "delete from customer_email where customer_id = '" + customer.value() + "'");
        visitors.attempt(email);

        assertThat(find(email))
                .hasSize(2)
                .allSatisfy(attempt -> assertThat(attempt.getBlocks())
                        .extracting(RedirectBlock::getEntryId)
                        .containsExactly(entry.getEntryId()));
    }

    @Test
    void entryWhoseEndWasMovedStoodInTheWayByTheEndThatItHadThen() throws ApiException {
        var entry = visitors.block(email);
        visitors.attempt(email);
        visitors.office()
                .blacklist()
                .changeBlacklistEntry(
                        entry.getEntryId(),
                        "\"1\"",
                        new BlacklistChange()
                                .reason("Another")
                                .endsAt(OffsetDateTime.now().plusMinutes(1)));
        Theatre.execute(theatre.db(), """
                with moved as (
                    update blacklist_entry set ends_at = created_at - interval '1 minute' where entry_id = '%1$s' returning ends_at
                )
                update blacklist_history set ends_at = moved.ends_at from moved where entry_id = '%1$s' and version = 2
                """.formatted(entry.getEntryId()));

        assertThat(blocks(find(email))).singleElement().satisfies(block -> {
            assertThat(block.getEntryId()).isEqualTo(entry.getEntryId());
            assertThat(block.getActive()).isFalse();
        });
    }

    @Test
    void clerkIsToldOfABlockWhatIsInForceAndOfAnOldOneThatItWas() throws ApiException {
        var entry = visitors.block(email);
        visitors.attempt(email);
        var clerk = visitors.staff("box-office");

        assertThat(blocks(clerk.redirects().searchRedirectedCheckouts(by(email)).getItems()))
                .singleElement()
                .satisfies(block -> {
                    assertThat(block.getReason()).isEqualTo("Three chargebacks");
                    assertThat(block.getActive()).isTrue();
                });

        lift(entry.getEntryId());

        var ofClerk = clerk.redirects().searchRedirectedCheckouts(by(email)).getItems();
        assertThat(blocks(ofClerk))
                .containsExactly(new RedirectBlock().entryId(entry.getEntryId()).active(false));
        assertThat(ofClerk.getFirst().getReason()).isEqualTo(RedirectReason.BLACKLISTED);
        assertThat(ofClerk.getFirst().getExplanation()).contains("in force any more");
        assertThat(blocks(find(email))).singleElement().satisfies(block -> {
            assertThat(block.getReason()).isEqualTo("Three chargebacks");
            assertThat(block.getLiftedAt()).isNotNull();
            assertThat(block.getActive()).isFalse();
        });
    }

    @Test
    void onlyTheBackOfficeLooksWithoutSayingForWhom() throws ApiException {
        var from = OffsetDateTime.now().minusSeconds(1);
        visitors.block(email);
        var cart = visitors.attempt(email);
        visitors.attemptTooLate(newEmail());
        var period = new RedirectedCheckoutSearch()
                .from(from)
                .reasons(Set.of(RedirectReason.BLACKLISTED))
                .limit(100);

        var problem = expect(
                400,
                "invalid-request",
                () -> visitors.staff("box-office").redirects().searchRedirectedCheckouts(period));

        assertThat(problem.getErrors())
                .singleElement()
                .satisfies(fault -> assertThat(fault.getPointer()).isEqualTo("#"));
        assertThat(visitors.staff("back-office")
                        .redirects()
                        .searchRedirectedCheckouts(period)
                        .getItems())
                .extracting(RedirectedCheckout::getCartId)
                .contains(cart.getCartId());
        assertThat(search(period.to(from))).isEmpty();
        assertThat(search(new RedirectedCheckoutSearch().limit(2)))
                .hasSize(2)
                .isSortedAccordingTo((one, other) -> other.getAt().compareTo(one.getAt()));
    }

    @Test
    void pagesGoFromTheNewestToTheOldestWithoutGapsWhileOthersAreSentAway() throws ApiException {
        var mine = new ArrayList<UUID>();
        for (int i = 0; i < 5; i++) {
            mine.addFirst(visitors.attemptTooLate(email).getCartId());
        }
        var seen = new ArrayList<UUID>();
        String cursor = null;
        do {
            var page = visitors.office()
                    .redirects()
                    .searchRedirectedCheckouts(by(email).limit(2).cursor(cursor));
            page.getItems().forEach(attempt -> seen.add(attempt.getCartId()));
            visitors.attemptTooLate(email);
            cursor = page.getNextCursor();
        } while (cursor != null);

        assertThat(seen).containsExactlyElementsOf(mine);
    }

    @Test
    void p8AttemptThatIsRepeatedWithItsKeyIsNotedOnceAndP13OneCartIsNotedTwentyTimes() throws ApiException {
        var cart = theatre.hold(theatre.best("ga", 1));
        theatre.letTimePass(cart.getCartId());
        var key = UUID.randomUUID();
        var request = new CheckoutRequest().paymentMethod(PaymentMethod.CARD).buyer(Theatre.buyer(email));

        Theatre.checkOut(theatre.shop(), cart, key, request);
        Theatre.checkOut(theatre.shop(), cart, key, request);
        assertThat(find(email)).hasSize(1);

        for (int i = 0; i < 25; i++) {
            Theatre.checkOut(theatre.shop(), cart, UUID.randomUUID(), request);
        }
        assertThat(search(by(email).limit(100))).hasSize(20);
    }

    @Test
    void b5WhatIsNotedIsOfOneSizeWhateverTheReason() throws ApiException {
        var other = newEmail();
        visitors.block(email);
        visitors.attempt(email);
        visitors.attemptTooLate(other);

        var sizes = Awaited.of(theatre.db()
                .sql(
                        "select pg_column_size(attempt.*)::bigint from redirected_checkout attempt where email in (:one, :other)")
                .bind("one", email)
                .bind("other", other)
                .mapValue(Long.class)
                .all()
                .collectList());

        assertThat(sizes).hasSize(2);
        assertThat(Math.abs(sizes.getFirst() - sizes.getLast())).isLessThanOrEqualTo(16);
    }

    @Test
    void p14SearchIsEnteredUnderTheAddressesKeyAndWithoutTheAddress() throws ApiException {
        visitors.block(email);
        visitors.attempt(email);
        find(email);

        assertThat(Awaited.of(theatre.db().sql("""
                                select details::text || subject || actor
                                  from audit_entry join audit_detail using (seq)
                                 where action = 'redirect.read' order by seq desc limit 1
                                """).mapValue(String.class).one()))
                .contains(
                        find(email).getFirst().getRedirectId().toString(),
                        theatre.server()
                                .bean(dev.abendkasse.server.secret.PersonKeys.class)
                                .keyOf(email),
                        "admin")
                .doesNotContain(email);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"email\": \"a@example.org\", \"pickupCode\": \"ABCDEF\"}|#",
                "{\"email\": \"nobody\"}|#/email",
                "{\"pickupCode\": \"ABC\"}|#/pickupCode",
                "{\"pickupCode\": \"ABCDEU\"}|#/pickupCode",
                "{\"cartId\": \"no\"}|#/cartId",
                "{\"reasons\": [\"LUCK\"]}|#/reasons/0",
                "{\"cursor\": \"abc\"}|#/cursor",
                "{\"limit\": 101}|#/limit"
            })
    void nonsenseIsRefusedWithAPointer(String body, String pointer) {
        visitors.expectFault(PATH, body, pointer);
    }

    @Test
    void reasonIsSaidInGermanToo() throws ApiException {
        visitors.attemptTooLate(email);
        var body = "{\"email\": \"" + email + "\"}";

        assertThat(visitors.say(PATH, body, "de")).contains("Die Zeit für den Kauf war abgelaufen");
        assertThat(visitors.say(PATH, body, "fr")).contains("The time for the purchase had run out");
    }

    private static void lift(UUID entry) throws ApiException {
        visitors.office().blacklist().liftBlacklistEntry(entry, new BlacklistLiftingNote());
    }

    private static List<RedirectBlock> blocks(List<RedirectedCheckout> attempts) {
        return attempts.stream()
                .flatMap(attempt -> attempt.getBlocks().stream())
                .toList();
    }

    private static RedirectedCheckoutSearch by(String email) {
        return new RedirectedCheckoutSearch().email(email);
    }

    private static List<RedirectedCheckout> find(String email) throws ApiException {
        return search(by(email));
    }

    private static List<RedirectedCheckout> search(RedirectedCheckoutSearch search) throws ApiException {
        return visitors.office().redirects().searchRedirectedCheckouts(search).getItems();
    }
}

package dev.abendkasse.server.credit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Confirmed;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.UnderReview;
import dev.abendkasse.server.credit.domain.CreditResult;
import dev.abendkasse.server.credit.domain.NewLimit;
import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Two replicas on one database, and one customer who buys on account at both. */
class CreditLimitRaceTests {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final int AT_ONCE = 100;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static TestServer one;
    private static TestServer other;

    private final DatabaseClient db = DATABASE.client();
    private final String email = "buyer-" + NUMBER.incrementAndGet() + "@example.org";
    private Buyers atOne;
    private Buyers atOther;
    private UUID performance;
    private CustomerId customer;

    @BeforeAll
    static void startReplicas() {
        one = TestServer.on(DATABASE);
        other = TestServer.on(DATABASE);
    }

    @AfterAll
    static void stopReplicas() {
        one.close();
        other.close();
    }

    @BeforeEach
    void openHall() {
        performance = Awaited.of(Hall.open(db, AT_ONCE, 10));
        atOne = new Buyers(one, db);
        atOther = new Buyers(other, db);
        customer = atOne.customer(email);
    }

    @Test
    void c1ParallelCheckoutsNeverPassTheLimitTogetherAndFillItExactly() {
        for (int round = 0; round < Scale.of(20); round++) {
            performance = Awaited.of(Hall.open(db, AT_ONCE, 10));
            customer = atOne.customer("round-" + NUMBER.incrementAndGet() + "@example.org");

            var outcomes = checkOutAtOnce(hold(AT_ONCE));

            assertThat(outcomes).filteredOn(Confirmed.class::isInstance).hasSize(10);
            assertThat(outcomes)
                    .filteredOn(UnderReview.class::isInstance)
                    .extracting(outcome -> ((UnderReview) outcome).caseNumber())
                    .hasSize(90)
                    .doesNotHaveDuplicates();
            assertThat(exposure()).isEqualTo(50_000).isEqualTo(bookedInAll()).isEqualTo(openInAll());
            assertThat(count(
                            "select count(*) from case_file where kind = 'CREDIT_LIMIT' and state = 'OPEN' and customer_id = '"
                                    + customer.value() + "'"))
                    .isEqualTo(90);
        }
    }

    @Test
    void c1AndC2LimitThatGoesUpAndDownMeanwhileIsPassedByNoneOfTheOrdersItLetIn() {
        for (int round = 0; round < Scale.of(20); round++) {
            performance = Awaited.of(Hall.open(db, AT_ONCE, 10));
            customer = atOne.customer("round-" + NUMBER.incrementAndGet() + "@example.org");
            var limits = Flux.just(20_000L, 40_000L, 10_000L)
                    .index()
                    .concatMap(limit -> (limit.getT1() % 2 == 0 ? one : other)
                            .bean(CreditService.class)
                            .set(new NewLimit(customer.value(), limit.getT1() + 1, limit.getT2(), "Test", "test")));

            var outcomes =
                    Awaited.of(Flux.merge(AT_ONCE, atBoth(hold(30)).cast(Object.class), limits.cast(Object.class))
                            .collectList());

            var confirmed =
                    outcomes.stream().filter(Confirmed.class::isInstance).count();
            assertThat(outcomes)
                    .filteredOn(CreditResult.Changed.class::isInstance)
                    .hasSize(3);
            assertThat(confirmed).isBetween(2L, 10L);
            assertThat(exposure())
                    .isEqualTo(confirmed * 5_000)
                    .isEqualTo(bookedInAll())
                    .isEqualTo(openInAll());
        }
    }

    @Test
    void c1LimitThatIsLoweredMeanwhileHoldsForWhateverIsDecidedAfterIt() {
        var lowered = new NewLimit(customer.value(), 1, 20_000L, "Test", "test");

        var outcomes = Awaited.of(Flux.merge(
                        AT_ONCE,
                        atBoth(hold(30)).cast(Object.class),
                        Mono.defer(() -> one.bean(CreditService.class).set(lowered)))
                .collectList());

        var confirmed = outcomes.stream().filter(Confirmed.class::isInstance).count();
        assertThat(confirmed).isBetween(4L, 10L);
        assertThat(exposure()).isEqualTo(confirmed * 5_000).isEqualTo(bookedInAll());
        assertThat(count("select count(*) from credit_limit_change where from_amount is null and to_amount = 20000"
                        + " and customer_id = '" + customer.value() + "'"))
                .isOne();
    }

    @Test
    void c10WhatWasAcceptedStaysAcceptedWhenTheLimitIsLoweredBelowIt() {
        checkOutAtOnce(hold(6));
        Awaited.of(one.bean(CreditService.class).set(new NewLimit(customer.value(), 1, 10_000L, "Test", "test")));

        var next = checkOutAtOnce(hold(1));

        assertThat(next).hasOnlyElementsOfType(UnderReview.class);
        assertThat(exposure()).isEqualTo(30_000);
        assertThat(count("select count(*) from orders where state = 'CONFIRMED' and customer_id = '" + customer.value()
                        + "'"))
                .isEqualTo(6);
    }

    @Test
    void c11DoubleClickOpensOneCase() {
        checkOutAtOnce(hold(10));
        var cart = hold(1).getFirst();

        var outcomes = Awaited.of(Flux.merge(
                        atOne.checkOut(cart, customer, PurchaseMethod.INVOICE, email),
                        atOther.checkOut(cart, customer, PurchaseMethod.INVOICE, email))
                .collectList());

        assertThat(outcomes).filteredOn(UnderReview.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(CheckoutOutcome.Refused.class::isInstance)
                .hasSize(1);
        assertThat(count("select count(*) from case_file join orders using (order_id) where cart_id = '" + cart.cartId()
                        + "'"))
                .isOne();
    }

    @Test
    void c11DoubleClickWithTheSameKeyAnswersTheSameCaseNumber() {
        checkOutAtOnce(hold(10));
        var cart = hold(1).getFirst();
        var key = UUID.randomUUID();

        var numbers = Awaited.of(Flux.merge(
                        atOne.checkOut(cart, customer, PurchaseMethod.INVOICE, email, key),
                        atOther.checkOut(cart, customer, PurchaseMethod.INVOICE, email, key))
                .cast(UnderReview.class)
                .map(UnderReview::caseNumber)
                .collectList());

        assertThat(numbers).hasSize(2);
        assertThat(numbers.get(0)).isEqualTo(numbers.get(1));
    }

    private List<CartView> hold(int carts) {
        return Awaited.of(Flux.range(0, carts)
                .concatMap(_ -> atOne.hold(customer, new Selection(performance, null, "a", 1, "full")))
                .collectList());
    }

    private List<CheckoutOutcome> checkOutAtOnce(List<CartView> carts) {
        return Awaited.of(atBoth(carts).collectList());
    }

    private Flux<CheckoutOutcome> atBoth(List<CartView> carts) {
        return Flux.fromIterable(carts)
                .index()
                .flatMap(
                        cart -> (cart.getT1() % 2 == 0 ? atOne : atOther)
                                .checkOut(cart.getT2(), customer, PurchaseMethod.INVOICE, email),
                        AT_ONCE);
    }

    private long exposure() {
        return count("select exposure from credit_account where customer_id = '" + customer.value() + "'");
    }

    private long bookedInAll() {
        return count("select sum(delta)::bigint from credit_entry where customer_id = '" + customer.value() + "'");
    }

    /** As the job sees it that compares all accounts with their orders. */
    private long openInAll() {
        return count("select owed from credit_books(array['" + customer.value() + "'::uuid])");
    }

    private long count(String query) {
        return Awaited.of(db.sql(query).mapValue(Long.class).one());
    }
}

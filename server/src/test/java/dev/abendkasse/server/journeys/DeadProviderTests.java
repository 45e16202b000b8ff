package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.Incident;
import dev.abendkasse.office.model.IncidentResolutionRequest;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.RetryPolicy;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.journeys.DeadProvider.Failure;
import dev.abendkasse.server.order.Orders;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Ledger;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.ProvidersWord;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A provider that fails, in eight ways: nobody gets an error or waits long, everybody gets one case, all cases are of one incident, and
 * when the provider is back with money that nobody had heard of, each payment ends in one order or goes back once.
 */
@Isolated
class DeadProviderTests {

    private static final int OF_EACH = Scale.of(50);
    private static final int PER_SECOND = 20;
    private static final int WARM_UPS = 8;
    private static final Duration MOST = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** One in so many has cancelled when its money comes. */
    private static final int CANCELLED = 5;

    private static final DeadProvider PROVIDER = new DeadProvider();
    private static final Map<Failure, Theatre> THEATRES = new EnumMap<>(Failure.class);

    private static Theatre theatre;

    /** A checkout and what came of it. */
    private record Purchase(UUID key, Cart cart, CheckoutRequest request, Outcome outcome, Duration took) {

        Outcome.UnderReview review() {
            return (Outcome.UnderReview) outcome;
        }
    }

    @BeforeAll
    static void openTheTheatres() {
        theatre = Theatre.open(settings(Failure.SERVER_ERROR));
        Theatre.execute(theatre.db(), "update shop set payment_page_url = 'https://shop.example.org/pay'");
        for (var failure : Failure.values()) {
            THEATRES.put(
                    failure,
                    switch (failure) {
                        case REFUSED, TLS_ERROR -> theatre.replica(settings(failure));
                        default -> theatre;
                    });
        }
    }

    @AfterAll
    static void closeTheTheatres() {
        closeWhatCannotReachIt();
        theatre.close();
        PROVIDER.close();
    }

    /** Replicas that are set up wrongly would also take what is to be told to the provider. */
    private static void closeWhatCannotReachIt() {
        THEATRES.values().stream().filter(other -> other != theatre).forEach(Theatre::close);
        THEATRES.clear();
    }

    /** As it is set by default, but for a short rest. */
    private static Map<String, Object> settings(Failure failure) {
        var settings = new HashMap<String, Object>();
        settings.put("abendkasse.payment.base-url", PROVIDER.addressFor(failure));
        settings.put("abendkasse.payment.webhook-secrets", ProvidersWord.secret());
        settings.put("abendkasse.payment.time-limit", "2s");
        settings.put("abendkasse.payment.breaker.least-calls", "5");
        settings.put("abendkasse.payment.breaker.rest", "500ms");
        settings.put("abendkasse.incidents.look-every", "1s");
        settings.put("abendkasse.outbox.look-every", "500ms");
        settings.put("abendkasse.outbox.retry", "5s");
        return settings;
    }

    @Test
    void c11AndP5EveryWayOfFailingGivesOneCaseInTimeAndLateMoneyOneOrderOrOneRefund() throws Exception {
        var paid = new HashSet<UUID>();
        var purchases = new ArrayList<Purchase>(warmUp());

        for (var failure : Failure.values()) {
            PROVIDER.fail(failure);
            var made = buyAtPace(failure);
            assertInTime(failure, made);
            if (failure.mayBePaid()) {
                assertThat(PROVIDER.taken()).as(failure + " taken").isNotEmpty();
                paid.addAll(PROVIDER.taken());
            }
            purchases.addAll(made);
        }
        assertOneCaseEach(purchases);
        var incident = assertOneIncident(purchases.size());

        closeWhatCannotReachIt();
        PROVIDER.recover(paid);
        var cancelled = cancelSome(paid);
        paid.forEach(
                payment -> ProvidersWord.tell(theatre.server(), "late-" + payment, "payment.succeeded", payment, ""));

        assertLateMoney(paid, cancelled);
        settle(incident, purchases.size() - paid.size());
    }

    /** What a server does for the first time takes longer. These get their cases too, but are not measured. */
    private static List<Purchase> warmUp() throws ApiException {
        var made = new ArrayList<Purchase>();
        PROVIDER.fail(Failure.SERVER_ERROR);
        for (var open : new HashSet<>(THEATRES.values())) {
            var shop = shopOf(open);
            for (int i = 0; i < WARM_UPS; i++) {
                made.add(buy(shop, open.hold(open.best("ga", 1))));
            }
        }
        return made;
    }

    private static List<Purchase> buyAtPace(Failure failure) throws Exception {
        var hall = THEATRES.get(failure).anotherHall(0);
        hall.server().bean(CircuitBreaker.class).reset();
        var carts = new ArrayList<Cart>();
        for (int i = 0; i < OF_EACH; i++) {
            carts.add(hall.hold(hall.best("ga", 1)));
        }
        try (var pace = Executors.newScheduledThreadPool(2 * PER_SECOND * (int) MOST.toSeconds())) {
            return results(schedule(shopOf(hall), carts, pace));
        }
    }

    private static List<Future<Purchase>> schedule(
            AbendkasseClient shop, List<Cart> carts, ScheduledExecutorService pace) {
        var calls = new ArrayList<Future<Purchase>>();
        for (int i = 0; i < carts.size(); i++) {
            var cart = carts.get(i);
            calls.add(pace.schedule(() -> buy(shop, cart), 1000L * i / PER_SECOND, TimeUnit.MILLISECONDS));
        }
        return calls;
    }

    /** Does not hold every answer against the contract while somebody looks at the clock; when it is repeated, that is done. */
    private static AbendkasseClient shopOf(Theatre open) {
        return AbendkasseClient.at(open.address())
                .httpClient(HttpClient.newHttpClient())
                .retries(RetryPolicy.NONE)
                .build();
    }

    private static Purchase buy(AbendkasseClient shop, Cart cart) throws ApiException {
        var key = UUID.randomUUID();
        var request = Theatre.request(PaymentMethod.CARD);
        var began = System.nanoTime();
        var outcome = Theatre.checkOut(shop, cart, key, request);
        return new Purchase(key, cart, request, outcome, Duration.ofNanos(System.nanoTime() - began));
    }

    private static List<Purchase> results(List<Future<Purchase>> calls) throws Exception {
        var purchases = new ArrayList<Purchase>();
        for (var call : calls) {
            purchases.add(call.get());
        }
        return purchases;
    }

    private static void assertInTime(Failure failure, List<Purchase> made) {
        assertThat(made).as(failure + " answers").hasSize(OF_EACH).allSatisfy(purchase -> {
            assertThat(purchase.outcome()).isInstanceOf(Outcome.UnderReview.class);
            assertThat(purchase.took()).isLessThan(MOST);
        });
    }

    /** Also for those who ask again with the same key. */
    private static void assertOneCaseEach(List<Purchase> purchases) throws ApiException {
        for (var purchase : purchases) {
            assertThat(Theatre.checkOut(theatre.shop(), purchase.cart(), purchase.key(), purchase.request()))
                    .isEqualTo(purchase.outcome());
        }
        assertThat(purchases.stream()
                        .map(purchase -> purchase.review().caseNumber())
                        .distinct())
                .hasSize(purchases.size());
        assertThat(theatre.count("select count(*) from case_file")).isEqualTo(purchases.size());
        assertThat(theatre.count("select count(*) from orders where state = 'UNDER_REVIEW'"))
                .isEqualTo(purchases.size());
    }

    private static Incident assertOneIncident(int cases) throws Exception {
        var incidents = theatre.office().incidents().listIncidents(null, null).getItems();
        assertThat(incidents).hasSize(1);
        assertThat(incidents.getFirst().getCases()).isEqualTo(cases);
        assertThat(incidents.getFirst().getOpenCases()).isEqualTo(cases);
        assertThat(incidents.getFirst().getBackAt()).isNull();
        return incidents.getFirst();
    }

    /** The orders whose buyers did not want to wait, by their payments. */
    private static Set<UUID> cancelSome(Set<UUID> paid) throws ApiException {
        var cancelled = new HashSet<UUID>();
        var i = 0;
        for (var payment : paid) {
            if (i++ % CANCELLED == 0) {
                buyerOf(payment).orders().cancelOrder(orderOf(payment), UUID.randomUUID());
                cancelled.add(payment);
            }
        }
        return cancelled;
    }

    private static void assertLateMoney(Set<UUID> paid, Set<UUID> cancelled) throws ApiException {
        for (var payment : paid) {
            var ledger = new Ledger(theatre, orderOf(payment));
            if (cancelled.contains(payment)) {
                PayPage.await(ledger::refunds, "SUCCEEDED 5000 LATE_PAYMENT"::equals);
                assertThat(PROVIDER.refunds(payment)).isOne();
                assertThat(ledger.balance()).isZero();
                assertThat(ledger.cases()).contains("LATE_PAYMENT OPEN 5000", "TECHNICAL SETTLED 5000");
            } else {
                PayPage.await(() -> now(payment), order -> order.getState() == OrderState.CONFIRMED);
                assertThat(ledger.cases()).isEqualTo("TECHNICAL SETTLED 5000");
                assertThat(ledger.refunds()).isEqualTo("none");
                assertThat(ledger.validTickets()).isOne();
            }
        }
    }

    /** What nobody had taken is paid by the links that staff send in one go. */
    private static void settle(Incident incident, int open) throws Exception {
        var incidents = theatre.office().incidents();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> incidents.getIncident(incident.getIncidentId()).getBackAt() != null);

        var resolution = incidents.settleIncident(
                incident.getIncidentId(), UUID.randomUUID(), new IncidentResolutionRequest().reason("It is back"));

        assertThat(resolution.getFailures()).isEmpty();
        assertThat(resolution.getApproved()).isEqualTo(open);
        assertThat(resolution.getLeft()).isZero();
        assertThat(theatre.count("select count(*) from payment_link where state = 'OPEN'"))
                .isEqualTo(open);
        assertThat(theatre.count("select count(*) from incident")).isOne();
    }

    private static Order now(UUID payment) throws ApiException {
        return buyerOf(payment).orders().getOrder(orderOf(payment));
    }

    private static AbendkasseClient buyerOf(UUID payment) {
        return theatre.shop().withOrderToken(theatre.server().bean(Orders.class).tokenOf(orderOf(payment)));
    }

    private static UUID orderOf(UUID payment) {
        return Awaited.of(theatre.db()
                .sql("select order_id from payment where payment_id = '" + payment + "'")
                .mapValue(UUID.class)
                .one());
    }
}

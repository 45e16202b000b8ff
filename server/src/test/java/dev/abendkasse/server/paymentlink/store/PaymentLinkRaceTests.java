package dev.abendkasse.server.paymentlink.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.order.domain.Expiry;
import dev.abendkasse.server.order.store.OrderCommands;
import dev.abendkasse.server.order.store.OrderStore;
import dev.abendkasse.server.order.store.OrderTables;
import dev.abendkasse.server.paymentlink.LinkOutcome;
import dev.abendkasse.server.paymentlink.domain.LinkAttempt;
import dev.abendkasse.server.paymentlink.domain.LinkCommand;
import dev.abendkasse.server.paymentlink.domain.StoredLink;
import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Payers, buyers, clerks and deadlines that want one order at the same instant. */
class PaymentLinkRaceTests {

    private static final DatabaseClient DB = TestDatabase.fresh().client();
    private static final PaymentLinkStore LINKS = PaymentLinkTables.links(DB);
    private static final OrderStore ORDERS = OrderTables.orders(DB);
    private static final int LIMIT = 50_000;
    private static final LinkAttempt GONE = new LinkAttempt.Refused(ProblemType.PAYMENT_LINK_GONE);
    private static final String CHANGE = """
            with locked as materialized (select order_id from orders where order_id = '%s' for update)
            update orders set purchase_version = purchase_version + 1 from locked where orders.order_id = locked.order_id
            """;

    /** Names the order's link: its secret is of no interest here. */
    private record Sent(UnpaidOrder order, String tokenHash) {}

    @BeforeAll
    static void openAPage() {
        run("update shop set payment_page_url = 'https://shop.example.org/pay'");
    }

    @Test
    void manyPayersAtOnceHaveOneOpenAttempt() {
        for (int round = 0; round < Scale.of(100); round++) {
            var link = sent();

            var attempts =
                    Awaited.of(Flux.range(0, 20).flatMap(_ -> pay(link), 20).collectList());

            assertThat(attempts).hasSize(20).hasOnlyElementsOfType(LinkAttempt.Begun.class);
            assertThat(openAttempts(link)).isOne();
        }
    }

    @Test
    void p3PaymentByALinkAgainstCancellationHasOneEnd() {
        for (int round = 0; round < Scale.of(300); round++) {
            var link = sent();

            var attempt = race(pay(link), ORDERS.execute(OrderCommands.cancel(link.order())));

            assertThat(attempt)
                    .satisfiesAnyOf(
                            PaymentLinkRaceTests::isBegun,
                            one -> assertThat(one).isEqualTo(GONE));
            assertThat(orderState(link)).isEqualTo("CANCELLED");
            assertThat(linkState(link)).isEqualTo("VOID");
            assertThat(openAttempts(link)).isZero();
            assertThat(count("select count(*) from place where holder = '" + orderId(link) + "'"))
                    .isZero();
        }
    }

    @Test
    void p3PaymentByALinkAgainstExpiryHasOneWinner() {
        for (int round = 0; round < Scale.of(300); round++) {
            var link = sent();
            endsIn(link, round % 6);

            var attempt = race(pay(link), expire());
            Awaited.of(expire());

            var won = attempt instanceof LinkAttempt.Begun;
            assertThat(orderState(link)).isEqualTo(won ? "RESERVED" : "EXPIRED");
            assertThat(linkState(link)).isEqualTo(won ? "OPEN" : "VOID");
            assertThat(openAttempts(link)).isEqualTo(won ? 1 : 0);
            assertThat(count("select count(*) from place where held_until > clock_timestamp() and holder = '"
                            + orderId(link) + "'"))
                    .isEqualTo(won ? 1 : 0);
        }
    }

    @Test
    void p3PaymentByALinkAgainstAChangeOfItsOrderHasOneWinner() {
        for (int round = 0; round < Scale.of(300); round++) {
            var link = sent();

            var attempt =
                    race(pay(link), DB.sql(CHANGE.formatted(orderId(link))).then());

            assertThat(openAttempts(link)).isEqualTo(attempt instanceof LinkAttempt.Begun ? 1 : 0);
            assertThat(attempt)
                    .satisfiesAnyOf(
                            PaymentLinkRaceTests::isBegun,
                            one -> assertThat(one).isEqualTo(GONE));
            assertThat(Awaited.of(pay(link)))
                    .as("from now on nobody pays the old price")
                    .isEqualTo(GONE);
        }
    }

    @Test
    void clerksWhoSendAtOnceLeaveOneLinkThatWorks() {
        for (int round = 0; round < Scale.of(100); round++) {
            var link = sent();

            var links = Awaited.of(Flux.range(0, 5)
                    .flatMap(_ -> send(link.order(), UUID.randomUUID()), 5)
                    .mergeWith(pay(link).then(Mono.empty()))
                    .collectList());

            assertThat(links).hasSize(5).hasOnlyElementsOfType(LinkOutcome.Done.class);
            assertThat(count("select count(*) from payment_link where state = 'OPEN' and order_id = '" + orderId(link)
                            + "'"))
                    .isOne();
            assertThat(Awaited.of(pay(link))).isEqualTo(GONE);
        }
    }

    @Test
    void p8OneKeyAtOnceMakesOneLinkAndOneAttempt() {
        for (int round = 0; round < Scale.of(50); round++) {
            var order = UnpaidOrder.reserved(DB, Awaited.of(Hall.open(DB, 10, 0)), null, "r1-1");
            var key = UUID.randomUUID();
            var links = Awaited.of(Flux.range(0, 8)
                    .flatMap(_ -> send(order, key), 8)
                    .distinct()
                    .collectList());
            var link = new Sent(order, hashOf(links));

            var attempts = Awaited.of(Flux.range(0, 8)
                    .flatMap(_ -> LINKS.pay(payment(link, key)), 8)
                    .filter(LinkAttempt.Begun.class::isInstance)
                    .collectList());

            assertThat(links).hasSize(1);
            assertThat(attempts).hasSize(1);
            assertThat(count("select count(*) from payment where order_id = '" + order.orderId() + "'"))
                    .isOne();
        }
    }

    @Test
    void c1LinksThatAreSentAtOnceNeverPassTheLimitTogetherAndFillItExactly() {
        for (int round = 0; round < Scale.of(50); round++) {
            var hall = Awaited.of(Hall.open(DB, 20, 0));
            var customer = customer();
            var orders = IntStream.range(0, 20)
                    .mapToObj(n -> UnpaidOrder.of(DB, hall, "r" + (n / 10 + 1) + "-" + (n % 10 + 1)))
                    .toList();
            orders.forEach(order -> run(
                    "update orders set customer_id = '" + customer + "' where order_id = '" + order.orderId() + "'"));

            var links = Awaited.of(Flux.fromIterable(orders)
                    .flatMap(order -> send(order, UUID.randomUUID()), 20)
                    .collectList());

            assertThat(links).filteredOn(LinkOutcome.Done.class::isInstance).hasSize(LIMIT / 5_000);
            assertThat(links)
                    .filteredOn(new LinkOutcome.Refused<>(ProblemType.OVER_LIMIT)::equals)
                    .hasSize(10);
            assertThat(exposure(customer)).isEqualTo(LIMIT);

            orders.forEach(order -> Awaited.of(ORDERS.execute(OrderCommands.cancel(order))));
            assertThat(exposure(customer)).isZero();
        }
    }

    @Test
    void whatIsOwedUnderALinkIsCountedOnceUntilItIsPaid() {
        var hall = Awaited.of(Hall.open(DB, 10, 0));
        var customer = customer();
        run("insert into credit_account (customer_id) values ('" + customer + "')");
        var reserved = UnpaidOrder.reserved(DB, hall, UUID.fromString(customer), "r1-1");
        var awaiting = UnpaidOrder.of(DB, hall, "r1-2");
        run("update orders set customer_id = '" + customer + "' where order_id = '" + awaiting.orderId() + "'");
        var before = exposure(customer);

        Awaited.of(send(reserved, UUID.randomUUID()));
        assertThat(exposure(customer)).as("a reservation counts already").isEqualTo(before);
        Awaited.of(send(awaiting, UUID.randomUUID()));
        Awaited.of(send(awaiting, UUID.randomUUID()));
        assertThat(exposure(customer)).isEqualTo(before + 5_000);

        Awaited.of(ORDERS.settlePayment(OrderCommands.settlement(awaiting, "SUCCEEDED", 5_000, "EUR")));
        assertThat(exposure(customer)).isEqualTo(before);
    }

    private static String customer() {
        return text(
                "insert into customer (name, password_hash) values ('Example Buyer', 'none') returning customer_id::text");
    }

    private static long exposure(String customer) {
        return count("select exposure from credit_account where customer_id = '" + customer + "'");
    }

    private static void isBegun(LinkAttempt attempt) {
        assertThat(attempt).isInstanceOf(LinkAttempt.Begun.class);
    }

    private static LinkAttempt race(Mono<LinkAttempt> payment, Mono<?> other) {
        return Awaited.last(Flux.merge(other.then(Mono.<LinkAttempt>empty()), payment));
    }

    private static Sent sent() {
        var order = UnpaidOrder.reserved(DB, Awaited.of(Hall.open(DB, 10, 0)), null, "r1-1");
        var outcome = Awaited.of(send(order, UUID.randomUUID()));
        return new Sent(order, hashOf(List.of(outcome)));
    }

    /** The hash is the link's id, as hex. */
    private static Mono<LinkOutcome<StoredLink>> send(UnpaidOrder order, UUID key) {
        var link = UUID.randomUUID();
        return LINKS.send(new LinkCommand.Send(
                order.orderId(),
                link,
                hex(link),
                "PRINT",
                "clerk",
                new Actor("clerk", null, false, false),
                null,
                null,
                LIMIT,
                new Idempotency("sendPaymentLink:" + order.orderId(), key, "00")));
    }

    private static String hashOf(List<LinkOutcome<StoredLink>> outcomes) {
        var done = (LinkOutcome.Done<StoredLink>) outcomes.getFirst();
        return hex(done.result().linkId());
    }

    private static String hex(UUID id) {
        return HexFormat.of().formatHex(id.toString().getBytes());
    }

    private static Mono<LinkAttempt> pay(Sent link) {
        return LINKS.pay(payment(link, UUID.randomUUID()));
    }

    private static LinkCommand.Pay payment(Sent link, UUID key) {
        return new LinkCommand.Pay(
                link.tokenHash(),
                new Item.Price(5_000, "EUR"),
                UUID.randomUUID(),
                PurchaseMethod.CARD,
                null,
                null,
                new Idempotency("payByLink:" + link.tokenHash(), key, "00"));
    }

    private static Mono<Integer> expire() {
        return ORDERS.expire(CaseNumber.candidates(10)).map(Expiry::expired);
    }

    private static void endsIn(Sent link, int milliseconds) {
        run("update orders set held_until = clock_timestamp() + interval '" + milliseconds
                + " milliseconds' where order_id = '" + orderId(link) + "'");
        run("update place set held_until = (select held_until from orders where order_id = holder) where holder = '"
                + orderId(link) + "'");
    }

    private static UUID orderId(Sent link) {
        return link.order().orderId();
    }

    private static String orderState(Sent link) {
        return text("select state from orders where order_id = '" + orderId(link) + "'");
    }

    private static String linkState(Sent link) {
        return text("select state from payment_link where token_hash = '\\x" + link.tokenHash() + "'");
    }

    private static long openAttempts(Sent link) {
        return count("select count(*) from payment where state in ('CREATED', 'ACTION_REQUIRED') and order_id = '"
                + orderId(link) + "'");
    }

    private static void run(String sql) {
        Awaited.of(DB.sql(sql).then());
    }

    private static String text(String sql) {
        return Awaited.of(DB.sql(sql).mapValue(String.class).one());
    }

    private static long count(String sql) {
        return Awaited.of(DB.sql(sql).mapValue(Long.class).one());
    }
}

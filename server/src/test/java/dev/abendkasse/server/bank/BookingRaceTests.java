package dev.abendkasse.server.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.bank.domain.BankStatement;
import dev.abendkasse.server.bank.domain.Booking.Transfer;
import dev.abendkasse.server.bank.domain.BookingResult;
import dev.abendkasse.server.bank.domain.BookingResult.Booked;
import dev.abendkasse.server.bank.domain.LineResult;
import dev.abendkasse.server.bank.domain.OrderName;
import dev.abendkasse.server.bank.domain.ReceivedPayment.Outcome;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.UnpaidOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Several clerks at the same money at the same instant, on two replicas. Each round is one chain that is waited for with {@code
 * block()}: what it comes to is compared with the tables afterwards, round by round, which no verifier of one chain can do.
 */
class BookingRaceTests {

    private static Theatre theatre;
    private static Theatre replica;

    @BeforeAll
    static void openTheTheatre() {
        theatre = BankTheatre.open();
        replica = theatre.replica(BankTheatre.settings());
    }

    @AfterAll
    static void closeTheTheatre() {
        replica.close();
        theatre.close();
    }

    @Test
    void p3OfClerksWhoTakeOneLineExactlyOneGetsItAndTheMoneyIsBookedOnce() {
        for (int round = 0; round < Scale.of(200); round++) {
            var order = reserved();
            var statement = upload(theatre, line(order, "a"));
            var line = lineOf(statement);

            var ended = Awaited.of(Flux.merge(
                            book(theatre, line, new OrderName(null, null, null)),
                            book(replica, line, OrderName.of(order.orderId())),
                            exact(theatre, statement),
                            exact(replica, statement),
                            dismissed(theatre, line))
                    .filter(Boolean::booleanValue)
                    .count());

            assertThat(ended).isOne();
            var booked = count("bank_line where state = 'BOOKED' and line_id = '" + line + "'");
            assertThat(count("received_payment where line_id = '" + line + "'")).isEqualTo(booked);
            assertThat(count("money_entry where kind = 'TRANSFER' and order_id = '" + order.orderId() + "'"))
                    .isEqualTo(booked);
            assertThat(count("orders where state = 'CONFIRMED' and order_id = '" + order.orderId() + "'"))
                    .isEqualTo(booked);
        }
    }

    @Test
    void p5TwoTransfersForOneOrderAtOnceConfirmItAndOneGoesBackOnce() {
        for (int round = 0; round < Scale.of(200); round++) {
            var order = reserved();

            var outcomes = Awaited.of(
                    Flux.merge(byHand(theatre, order, UUID.randomUUID()), byHand(replica, order, UUID.randomUUID()))
                            .cast(Booked.class)
                            .map(booked -> booked.payment().outcome())
                            .collectList());

            assertThat(outcomes).containsExactlyInAnyOrder(Outcome.CONFIRMED, Outcome.REFUNDING);
            assertThat(count("refund where amount = 5000 and order_id = '" + order.orderId() + "'"))
                    .isOne();
            assertThat(count("orders where payment_status = 'PAID' and order_id = '" + order.orderId() + "'"))
                    .isOne();
        }
    }

    @Test
    void p8OneKeyOnTwoReplicasAtOnceBooksOnce() {
        for (int round = 0; round < Scale.of(200); round++) {
            var order = reserved();
            var key = UUID.randomUUID();

            var payments = Awaited.of(Flux.merge(byHand(theatre, order, key), byHand(replica, order, key))
                    .cast(Booked.class)
                    .map(booked -> booked.payment().receivedPaymentId())
                    .collect(Collectors.toSet()));

            assertThat(payments).hasSize(1);
            assertThat(count("received_payment where order_id = '" + order.orderId() + "'"))
                    .isOne();
        }
    }

    @Test
    void p5TransferAgainstExpiryAndAnotherBuyerHasOneEnd() {
        for (int round = 0; round < Scale.of(200); round++) {
            var order = reserved();
            Theatre.execute(theatre.db(), """
                    with due as (
                        update orders set held_until = clock_timestamp() + interval '%d ms' where order_id = '%s'
                        returning order_id, held_until)
                    update place set held_until = due.held_until from due where holder = order_id
                    """.formatted(round % 6, order.orderId()));
            var taken =
                    theatre.db().sql("""
                            update place set holder = gen_random_uuid(), held_until = 'infinity', fence = fence + 1
                             where (performance_id, place_no) in (
                                       select performance_id, place_no from order_item where order_id = :order)
                               and held_until <= clock_timestamp()
                            """).bind("order", order.orderId()).fetch().rowsUpdated();

            Awaited.last(Flux.merge(byHand(theatre, order, UUID.randomUUID()), taken));

            var confirmed = count("orders where state = 'CONFIRMED' and order_id = '" + order.orderId() + "'");
            assertThat(count("place where held_until = 'infinity' and holder = '" + order.orderId() + "'"))
                    .isEqualTo(confirmed);
            assertThat(count("refund where state = 'BY_HAND' and order_id = '" + order.orderId() + "'"))
                    .isEqualTo(1 - confirmed);
        }
    }

    @Test
    void p8StatementsThatOverlapUploadedAtOnceKeepEachLineOnce() {
        for (int round = 0; round < Scale.of(50); round++) {
            var name = "round-" + UUID.randomUUID();
            var there = IntStream.range(0, 40).mapToObj(i -> text(name, i)).toList();
            var andBack = there.reversed();

            Awaited.last(Flux.merge(uploading(theatre, there), uploading(replica, andBack)));

            assertThat(count("bank_line where text like '" + name + "%'")).isEqualTo(40);
        }
    }

    private static UnpaidOrder reserved() {
        var performance = Awaited.of(Hall.open(theatre.db(), 10, 0));
        return UnpaidOrder.reserved(theatre.db(), performance, null, "r1-1");
    }

    private static Mono<BookingResult> byHand(Theatre at, UnpaidOrder order, UUID key) {
        var transfer = new Transfer(5_000, "EUR", BankTheatre.today(), null);
        return at.server()
                .bean(ReceivedPaymentService.class)
                .book(OrderName.of(order.orderId()), transfer, "clerk", once(key));
    }

    private static Mono<Boolean> book(Theatre at, UUID line, OrderName order) {
        return bookings(at).book(line, order, "clerk", once(UUID.randomUUID())).map(Booked.class::isInstance);
    }

    private static Mono<Boolean> exact(Theatre at, UUID statement) {
        return bookings(at)
                .bookExact(statement, "clerk", once(UUID.randomUUID()))
                .map(bookings -> bookings.booked() == 1);
    }

    private static Mono<Boolean> dismissed(Theatre at, UUID line) {
        return bookings(at).dismiss(line, "Not ours.", "clerk").map(LineResult.Taken.class::isInstance);
    }

    private static LineBookings bookings(Theatre at) {
        return at.server().bean(LineBookings.class);
    }

    private static UUID upload(Theatre at, String line) {
        return Objects.requireNonNull(Awaited.of(uploading(at, List.of(line))));
    }

    private static Mono<UUID> uploading(Theatre at, List<String> lines) {
        var file = "Buchungstag;Verwendungszweck;Betrag\n" + String.join("\n", lines);
        return at.server()
                .bean(BankStatementService.class)
                .upload(file.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8, "clerk", once(UUID.randomUUID()))
                .map(BankStatement::statementId);
    }

    private static String line(UnpaidOrder order, String text) {
        var number = Awaited.of(theatre.db()
                .sql("select order_number from orders where order_id = '" + order.orderId() + "'")
                .mapValue(Long.class)
                .one());
        return "%s;%s %d;50,00".formatted(BankTheatre.today(), text, number);
    }

    private static String text(String name, int line) {
        return "%s;%s %d;7,00".formatted(BankTheatre.today(), name, line);
    }

    private static UUID lineOf(UUID statement) {
        return Awaited.of(theatre.db()
                .sql("select line_id from bank_line where statement_id = '" + statement + "'")
                .mapValue(UUID.class)
                .one());
    }

    private static Idempotency once(UUID key) {
        return new Idempotency("test", key, "00");
    }

    private static long count(String from) {
        return theatre.count("select count(*) from " + from);
    }
}

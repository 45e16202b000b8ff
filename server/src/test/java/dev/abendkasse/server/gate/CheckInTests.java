package dev.abendkasse.server.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.abendkasse.sdk.AbendkasseProblem;
import dev.abendkasse.sdk.api.GateApi;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CheckIn;
import dev.abendkasse.sdk.model.CheckInRequest;
import dev.abendkasse.sdk.model.CheckInResult;
import dev.abendkasse.sdk.model.RevocationReason;
import dev.abendkasse.server.testing.Entrance;
import dev.abendkasse.server.testing.Entrance.Bought;
import dev.abendkasse.server.testing.Theatre;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One scan at a time: who comes in, and why somebody does not. */
class CheckInTests {

    private static Theatre theatre;
    private static Theatre replica;
    private static Entrance entrance;
    private static int seats;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
        replica = theatre.replica(Map.of());
        entrance = Entrance.of(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        replica.close();
        theatre.close();
    }

    @BeforeEach
    void openTheDoors() {
        entrance.startsIn("1 hour");
        Theatre.execute(theatre.db(), "update performance set state = 'SCHEDULED'");
    }

    @Test
    void ticketLetsItsBearerInAndSaysWhatTheUsherNeeds() throws ApiException {
        var bought = entrance.buy(nextSeat());
        var ticket = entrance.tickets(bought).getFirst();

        var checkIn = entrance.checkIn(ticket.getCode());

        assertThat(checkIn.getResult()).isEqualTo(CheckInResult.ADMITTED);
        assertThat(checkIn.getAdmittedAt()).isCloseTo(OffsetDateTime.now(), within(1, ChronoUnit.MINUTES));
        assertThat(checkIn.getGate()).isEqualTo(Entrance.MAIN);
        assertThat(checkIn.getTicket().getTicketId()).isEqualTo(ticket.getTicketId());
        assertThat(checkIn.getTicket().getSeat()).isEqualTo(ticket.getSeat());
        assertThat(checkIn.getTicket().getTitle()).isEqualTo("Faust");
        assertThat(checkIn.getTicket().getPriceTypeName()).isEqualTo("Normal");
        assertThat(theatre.count("select count(*) from ticket where admitted_by like 'gate-%' and gate = '"
                        + Entrance.MAIN + "' and order_id = '" + bought.orderId() + "'"))
                .isOne();
    }

    @Test
    void secondScanIsToldWhenAndWhereTheTicketWasUsed() throws ApiException {
        var code = code();
        var first = entrance.checkIn(code);

        var second = entrance.gate()
                .checkIn(UUID.randomUUID(), new CheckInRequest().code(code).gate("Seiteneingang"));

        assertThat(second.getResult()).isEqualTo(CheckInResult.ALREADY_ADMITTED);
        assertThat(second.getAdmittedAt()).isEqualTo(first.getAdmittedAt());
        assertThat(second.getGate()).isEqualTo(Entrance.MAIN);
    }

    @Test
    void p8LostAnswerIsGivenAgainOnAnyReplica() throws ApiException {
        var scan = entrance.scan(code());
        var key = UUID.randomUUID();
        var first = entrance.gate().checkIn(key, scan);

        assertThat(entrance.gate().checkIn(key, scan)).isEqualTo(first);
        assertThat(entrance.gateOf(replica).checkIn(key, scan)).isEqualTo(first);
        assertThat(first.getResult()).isEqualTo(CheckInResult.ADMITTED);
    }

    @Test
    void s4SameKeyWithAnotherScanIsRefused() throws ApiException {
        var key = UUID.randomUUID();
        var other = code();
        entrance.gate().checkIn(key, entrance.scan(code()));

        var failure =
                catchThrowableOfType(ApiException.class, () -> entrance.gate().checkIn(key, entrance.scan(other)));

        assertThat(AbendkasseProblem.from(failure).orElseThrow().getCode()).isEqualTo("idempotency-key-reused");
        assertThat(entrance.checkIn(other).getResult()).isEqualTo(CheckInResult.ADMITTED);
    }

    @ParameterizedTest
    @EnumSource(RevocationReason.class)
    void revokedTicketLetsNobodyInAndSaysWhy(RevocationReason reason) throws ApiException {
        var bought = entrance.buy(nextSeat());
        var code = entrance.tickets(bought).getFirst().getCode();
        entrance.revoke(bought, reason.getValue());

        var checkIn = entrance.checkIn(code);

        assertThat(checkIn.getResult()).isEqualTo(CheckInResult.REVOKED);
        assertThat(checkIn.getRevokedReason()).isEqualTo(reason);
        assertThat(checkIn.getTicket().getSeat()).isNotNull();
        assertThat(checkIn.getAdmittedAt()).isNull();
    }

    @Test
    void disputedTicketIsRefusedUntilTheDisputeIsWon() throws ApiException {
        var bought = entrance.buy(nextSeat());
        var code = entrance.tickets(bought).getFirst().getCode();
        var payment = paid(bought);

        settleDispute(payment, "DISPUTED");
        assertThat(entrance.checkIn(code).getRevokedReason()).isEqualTo(RevocationReason.DISPUTED);

        settleDispute(payment, "DISPUTE_WON");
        assertThat(entrance.checkIn(code).getResult()).isEqualTo(CheckInResult.ADMITTED);
    }

    @Test
    void lostDisputeCancelsTheTicket() throws ApiException {
        var bought = entrance.buy(nextSeat());
        var code = entrance.tickets(bought).getFirst().getCode();
        var payment = paid(bought);

        settleDispute(payment, "DISPUTED");
        settleDispute(payment, "DISPUTE_LOST");

        assertThat(entrance.checkIn(code).getRevokedReason()).isEqualTo(RevocationReason.CANCELLED);
    }

    @Test
    void gateOfAnotherPerformanceRefusesTheTicketAndNamesItsOwn() throws ApiException {
        var code = code();
        var other = theatre.anotherHall(1).performance();

        var wrong =
                entrance.gate().checkIn(UUID.randomUUID(), entrance.scan(code).performanceId(other));

        assertThat(wrong.getResult()).isEqualTo(CheckInResult.WRONG_PERFORMANCE);
        assertThat(wrong.getTicket().getPerformanceId()).isEqualTo(theatre.performance());
        assertThat(entrance.checkIn(code).getResult()).isEqualTo(CheckInResult.ADMITTED);
    }

    @Test
    void gateThatIsForAnyPerformanceTakesAllTickets() throws ApiException {
        var scan = new CheckInRequest().code(code()).gate("Foyer");

        assertThat(entrance.gate().checkIn(UUID.randomUUID(), scan).getResult()).isEqualTo(CheckInResult.ADMITTED);
    }

    @Test
    void doorsOpenThreeHoursBeforeTheStart() throws ApiException {
        var code = code();
        entrance.startsIn("3 hours 1 minute");

        var early = entrance.checkIn(code);

        assertThat(early.getResult()).isEqualTo(CheckInResult.NOT_OPEN_YET);
        assertThat(early.getOpensAt()).isCloseTo(OffsetDateTime.now(), within(2, ChronoUnit.MINUTES));
        entrance.startsIn("2 hours 59 minutes");
        assertThat(entrance.checkIn(code).getResult()).isEqualTo(CheckInResult.ADMITTED);
    }

    @Test
    void doorsCloseSixHoursAfterTheStart() throws ApiException {
        var code = code();
        entrance.startsIn("-6 hours -1 minute");

        var late = entrance.checkIn(code);

        assertThat(late.getResult()).isEqualTo(CheckInResult.OVER);
        assertThat(late.getClosedAt()).isCloseTo(OffsetDateTime.now(), within(2, ChronoUnit.MINUTES));
        entrance.startsIn("-5 hours -59 minutes");
        assertThat(entrance.checkIn(code).getResult()).isEqualTo(CheckInResult.ADMITTED);
    }

    @Test
    void whenDoorsOpenIsASetting() throws ApiException {
        var code = code();
        entrance.startsIn("2 hours");

        try (var later = theatre.replica(Map.of("abendkasse.gate.opens-before", "30m"))) {
            assertThat(entrance.gateOf(later)
                            .checkIn(UUID.randomUUID(), entrance.scan(code))
                            .getResult())
                    .isEqualTo(CheckInResult.NOT_OPEN_YET);
        }
    }

    @Test
    void postponedTicketIsGoodForTheNewDate() throws ApiException {
        var code = code();
        entrance.startsIn("10 days");
        assertThat(entrance.checkIn(code).getResult()).isEqualTo(CheckInResult.NOT_OPEN_YET);

        entrance.startsIn("10 minutes");
        assertThat(entrance.checkIn(code).getResult()).isEqualTo(CheckInResult.ADMITTED);
    }

    @Test
    void cancelledPerformanceLetsNobodyInWhileItsTicketsAreStillBeingRevoked() throws ApiException {
        var code = code();
        Theatre.execute(theatre.db(), "update performance set state = 'CANCELLED'");

        var checkIn = entrance.checkIn(code);

        assertThat(checkIn.getResult()).isEqualTo(CheckInResult.REVOKED);
        assertThat(checkIn.getRevokedReason()).isEqualTo(RevocationReason.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "https://example.org/?q=1",
                "BEGIN:VCARD\r\nFN:Example\r\nEND:VCARD",
                "\uD83C\uDFAD",
                "AHZ4SYIBTHI7FCF3PQAZ2ARCGNCFKZTXAGM5DYARCF5BDCZCBINSYPKOL7E77EGISNUOWRTRNQEEKBYYA34GGQMTHIPIRZVWMEFWZQ4MJIZWVNQFMPW5LLWD7ZL7KTD24GXAUPAXKDEDAI7MOMHGCUXGBF4FT5GS"
            })
    void whateverElseIsScannedIsUnknown(String scanned) throws ApiException {
        var checkIn = entrance.checkIn(scanned);

        assertThat(checkIn).isEqualTo(new CheckIn().result(CheckInResult.UNKNOWN));
    }

    @Test
    void signedTicketThatIsNotInTheDatabaseIsUnknown() throws ApiException {
        var code = code();
        Theatre.execute(theatre.db(), "delete from ticket where changed is null and admitted_at is null");

        assertThat(entrance.checkIn(code).getResult()).isEqualTo(CheckInResult.UNKNOWN);
    }

    @Test
    void p3OfFiftyScansAtOnceOnTwoReplicasOneLetsSomebodyIn() throws Exception {
        var scan = entrance.scan(code());
        var gates = List.of(entrance.gate(), entrance.gateOf(replica));

        var results = atOnce(IntStream.range(0, 50)
                .<Callable<CheckIn>>mapToObj(
                        number -> () -> gates.get(number % 2).checkIn(UUID.randomUUID(), scan))
                .toList());

        assertThat(results.stream().filter(one -> one.getResult() == CheckInResult.ADMITTED))
                .hasSize(1);
        assertThat(results.stream().filter(one -> one.getResult() == CheckInResult.ALREADY_ADMITTED))
                .hasSize(49)
                .allSatisfy(one -> assertThat(one.getAdmittedAt()).isNotNull());
    }

    @Test
    void p8SameScanAtOnceOnTwoReplicasIsAdmittedWheneverItIsAnswered() throws Exception {
        var scan = entrance.scan(code());
        var key = UUID.randomUUID();
        List<GateApi> gates = List.of(entrance.gate(), entrance.gateOf(replica));

        var results = atOnce(IntStream.range(0, 20)
                .<Callable<CheckIn>>mapToObj(
                        number -> () -> gates.get(number % 2).checkIn(key, scan))
                .toList());

        assertThat(results).hasSize(20).allMatch(one -> one.equals(results.getFirst()));
        assertThat(results.getFirst().getResult()).isEqualTo(CheckInResult.ADMITTED);
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    private static String code() throws ApiException {
        return entrance.ticket(nextSeat()).getCode();
    }

    private static String nextSeat() {
        var number = seats++;
        return "r" + (number / 10 + 1) + "-" + (number % 10 + 1);
    }

    /** Books a payment as if the order had cost something. */
    private static UUID paid(Bought bought) {
        var payment = UUID.randomUUID();
        Theatre.execute(theatre.db(), """
                insert into payment (payment_id, order_id, method, amount, currency, state, expires_at)
                values ('%s', '%s', 'CARD', 5000, 'EUR', 'SUCCEEDED', clock_timestamp())
                """.formatted(payment, bought.orderId()));
        return payment;
    }

    private static void settleDispute(UUID payment, String kind) {
        Theatre.execute(theatre.db(), """
                select settle_dispute(jsonb_build_object('paymentId', '%s', 'kind', '%s', 'subject', 'dispute-1',
                                                         'amount', 5000, 'currency', 'EUR', 'caseNumber', '%s'))
                """.formatted(
                        payment, kind, "%010d".formatted(Math.floorMod(payment.hashCode(), 1_000_000_000))));
    }
}

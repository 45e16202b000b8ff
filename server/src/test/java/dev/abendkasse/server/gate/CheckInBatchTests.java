package dev.abendkasse.server.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CheckIn;
import dev.abendkasse.sdk.model.CheckInBatch;
import dev.abendkasse.sdk.model.CheckInBatchResult;
import dev.abendkasse.sdk.model.CheckInResult;
import dev.abendkasse.sdk.model.OfflineScan;
import dev.abendkasse.sdk.model.ScanOutcome;
import dev.abendkasse.sdk.model.Ticket;
import dev.abendkasse.server.testing.Entrance;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.Theatre;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What gates without a network have let in, told afterwards. */
class CheckInBatchTests {

    private static Theatre theatre;
    private static Theatre replica;
    private static Entrance entrance;
    private static int seats;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(TestDatabase.fresh(), 200, Map.of());
        replica = theatre.replica(Map.of());
        entrance = Entrance.of(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        replica.close();
        theatre.close();
    }

    @Test
    void eachScanHasItsAnswerInTheOrderOfTheRequest() throws ApiException {
        var good = code();
        var bought = entrance.buy(nextSeat());
        var revoked = entrance.tickets(bought).getFirst().getCode();
        entrance.revoke(bought, "REFUNDED");

        var now = OffsetDateTime.now(ZoneOffset.UTC);

        var outcomes = send("A", scan("nonsense", ago(3)), scan(revoked, now), scan(good, ago(2)));

        assertThat(outcomes.stream().map(CheckIn::getResult))
                .containsExactly(CheckInResult.UNKNOWN, CheckInResult.REVOKED, CheckInResult.ADMITTED);
        assertThat(outcomes.getLast().getAdmittedAt()).isCloseTo(ago(2), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void ticketUsedAtTwoGatesIsToldWithWhereAndWhenItWasUsedFirst() throws ApiException {
        var code = code();
        send("Nord", scan(code, ago(10)));

        var second = send("Süd", scan(code, ago(5))).getFirst();

        assertThat(second.getResult()).isEqualTo(CheckInResult.ALREADY_ADMITTED);
        assertThat(second.getGate()).isEqualTo("Nord");
        assertThat(second.getAdmittedAt()).isCloseTo(ago(10), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void earliestScanOfABatchLetsInWhateverTheOrder() throws ApiException {
        var code = code();

        var outcomes = send("A", scan(code, ago(1)), scan(code, ago(9)), scan(code, ago(5)));

        assertThat(outcomes.stream().map(CheckIn::getResult))
                .containsExactly(
                        CheckInResult.ALREADY_ADMITTED, CheckInResult.ADMITTED, CheckInResult.ALREADY_ADMITTED);
        assertThat(outcomes)
                .allSatisfy(one -> assertThat(one.getAdmittedAt()).isCloseTo(ago(9), within(1, ChronoUnit.SECONDS)));
    }

    @Test
    void scanThatWasTriedOnlineAndThenQueuedIsTheSameScan() throws ApiException {
        var code = code();
        var key = UUID.randomUUID();
        entrance.gate().checkIn(key, entrance.scan(code));

        var queued = send("A", scan(code, ago(0)).scanId(key)).getFirst();

        assertThat(queued.getResult()).isEqualTo(CheckInResult.ADMITTED);
        assertThat(queued.getGate()).isEqualTo(Entrance.MAIN);
    }

    @Test
    void scanThatIsSentInAnotherBatchAgainIsTheSameScan() throws ApiException {
        var scan = scan(code(), ago(4));
        var first = send("A", scan).getFirst();

        assertThat(send("A", scan(code(), ago(1)), scan).getLast()).isEqualTo(first);
    }

    @Test
    void p8BatchWhoseAnswerWasLostIsAnsweredAgain() throws ApiException {
        var batch = new CheckInBatch().gate("A").scans(List.of(scan(code(), ago(4)), scan("?", ago(3))));
        var key = UUID.randomUUID();

        var first = entrance.gate().checkInBatch(key, batch);

        assertThat(entrance.gateOf(replica).checkInBatch(key, batch)).isEqualTo(first);
        assertThat(results(first)).containsExactly(CheckInResult.ADMITTED, CheckInResult.UNKNOWN);
    }

    @Test
    void clockThatIsAheadAdmitsNowAndNotInTheFuture() throws ApiException {
        var outcome = send("A", scan(code(), ago(-120))).getFirst();

        assertThat(outcome.getResult()).isEqualTo(CheckInResult.ADMITTED);
        assertThat(outcome.getAdmittedAt()).isCloseTo(ago(0), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void scanFromBeforeItsTicketWasRevokedCounts() throws ApiException {
        var bought = entrance.buy(nextSeat());
        var code = entrance.tickets(bought).getFirst().getCode();
        entrance.revoke(bought, "CANCELLED");

        assertThat(send("A", scan(code, ago(10))).getFirst().getResult()).isEqualTo(CheckInResult.ADMITTED);
        assertThat(send("B", scan(code, ago(0))).getFirst().getResult()).isEqualTo(CheckInResult.REVOKED);
    }

    @Test
    void scanIsJudgedByWhetherTheDoorsWereOpenThen() throws ApiException {
        assertThat(send("A", scan(code(), ago(60 * 24))).getFirst().getResult()).isEqualTo(CheckInResult.NOT_OPEN_YET);
    }

    @Test
    void fiveHundredScansGoInOneRequestAndMoreDoNot() throws ApiException {
        var code = code();
        var scans = IntStream.range(0, 500).mapToObj(_ -> scan(code, ago(1))).toArray(OfflineScan[]::new);

        var outcomes = send("A", scans);

        assertThat(outcomes.stream().filter(one -> one.getResult() == CheckInResult.ADMITTED))
                .hasSize(1);
        assertThat(outcomes).hasSize(500);
        var tooMany =
                Stream.concat(Stream.of(scans), Stream.of(scan(code, ago(1)))).toArray(OfflineScan[]::new);
        assertThat(catchThrowableOfType(ApiException.class, () -> send("A", tooMany))
                        .getCode())
                .isEqualTo(400);
    }

    @Test
    void p3GatesThatTellOfTheSameTicketsAtOnceAdmitEachOnceAndNoneDeadlocks() throws Exception {
        var tickets = entrance.tickets(entrance.buy(nextSeats(40)));
        var random = new Random(3);
        var batches = IntStream.range(0, 12)
                .mapToObj(gate -> new CheckInBatch().gate("gate " + gate).scans(shuffled(tickets, random)))
                .toList();
        var gates = List.of(entrance.gate(), entrance.gateOf(replica));

        var answers = atOnce(IntStream.range(0, batches.size())
                .<Callable<CheckInBatchResult>>mapToObj(
                        gate -> () -> gates.get(gate % 2).checkInBatch(UUID.randomUUID(), batches.get(gate)))
                .toList());

        assertThat(answers.stream().flatMap(answer -> results(answer).stream()))
                .hasSize(12 * 40)
                .filteredOn(CheckInResult.ADMITTED::equals)
                .hasSize(40);
    }

    @Test
    void batchesAndRevocationsOfTheSameTicketsDoNotStopEachOther() throws Exception {
        var bought = entrance.buy(nextSeats(30));
        var tickets = entrance.tickets(bought);
        var random = new Random(5);
        var calls = new ArrayList<Callable<Object>>();
        for (int i = 0; i < 6; i++) {
            var batch = new CheckInBatch().gate("A").scans(shuffled(tickets, random));
            calls.add(() -> entrance.gate().checkInBatch(UUID.randomUUID(), batch));
            calls.add(() -> revokedAndRestored(bought));
        }

        assertThat(atOnce(calls)).hasSize(12);
        assertThat(theatre.count("select count(*) from ticket where admitted_at is null and order_id = '"
                        + bought.orderId() + "'"))
                .isZero();
    }

    private static Object revokedAndRestored(Entrance.Bought bought) {
        entrance.revoke(bought, "DISPUTED");
        Theatre.execute(theatre.db(), "select restore_tickets('" + bought.orderId() + "')");
        return bought;
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }

    private static List<OfflineScan> shuffled(List<Ticket> tickets, Random random) {
        var scans = new ArrayList<>(tickets.stream()
                .map(ticket -> scan(ticket.getCode(), ago(random.nextInt(30))))
                .toList());
        Collections.shuffle(scans, random);
        return scans;
    }

    private static List<CheckIn> send(String gate, OfflineScan... scans) throws ApiException {
        var batch = new CheckInBatch().gate(gate).scans(List.of(scans));
        var answer = entrance.gate().checkInBatch(UUID.randomUUID(), batch);
        assertThat(answer.getItems())
                .extracting(ScanOutcome::getScanId)
                .containsExactlyElementsOf(
                        Stream.of(scans).map(OfflineScan::getScanId).toList());
        return answer.getItems().stream().map(ScanOutcome::getCheckIn).toList();
    }

    private static List<CheckInResult> results(CheckInBatchResult answer) {
        return answer.getItems().stream()
                .map(item -> item.getCheckIn().getResult())
                .toList();
    }

    private static OfflineScan scan(String code, OffsetDateTime at) {
        return new OfflineScan().scanId(UUID.randomUUID()).code(code).scannedAt(at);
    }

    private static OffsetDateTime ago(int minutes) {
        return OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS).minusMinutes(minutes);
    }

    private static String code() throws ApiException {
        return entrance.ticket(nextSeat()).getCode();
    }

    private static String nextSeat() {
        return nextSeats(1)[0];
    }

    private static String[] nextSeats(int count) {
        var first = seats;
        seats += count;
        return IntStream.range(first, seats)
                .mapToObj(number -> "r" + (number / 10 + 1) + "-" + (number % 10 + 1))
                .toArray(String[]::new);
    }
}

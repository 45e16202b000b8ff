package dev.abendkasse.server.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Report;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Nothing in the timing of its answer tells a blocked buyer; docs/blacklist.md says how that is measured. */
@Isolated("Measures how long the process takes.")
class SameInTimeTests {

    private static final int KEPT = Scale.of(6000);
    private static final int FRESH = Scale.of(1000);
    private static final int UNDER_LOAD = Scale.of(1000);
    private static final int CONTROL = Yardstick.isFull() ? KEPT : 100;

    /** A control of a smaller sample goes on until it has found what there is to find. */
    private static final int ROUNDS = Yardstick.isFull() ? 1 : 20;

    /** What a full run has to find is less than a busy machine lets a smaller sample see; in nanoseconds. */
    private static final String MORE_WORK = Yardstick.isFull() ? "2000000" : "50000000";

    private static final String LATER = Yardstick.isFull() ? "300000" : "50000000";

    private static final String SAYS_NOTHING = "The run says nothing: ";
    private static final Yardstick YARDSTICK = Yardstick.ofThisRun();
    private static final long SEED = Long.getLong("abendkasse.test.seed", System.nanoTime());
    private static final Random RANDOM = new Random(SEED);

    private static Theatre theatre;
    private static Theatre withoutSlot;
    private static Crowd crowd;

    @BeforeAll
    static void openTheTheatre() throws Exception {
        theatre = Theatre.open(settings("25ms"));
        withoutSlot = theatre.replica(settings("0ms"));
        crowd = Crowd.of(theatre, Scale.of(500));
        tell("seed", SEED);
        for (var server : List.of(theatre.address(), withoutSlot.address())) {
            Stopwatch.onKeptConnections(server).time(crowd.probes(Scale.of(3000)), RANDOM);
        }
    }

    @AfterAll
    static void closeTheTheatre() {
        withoutSlot.close();
        theatre.close();
    }

    @Test
    void p7AndB5AnswersTakeEquallyLongOnKeptConnections() throws Exception {
        var timings = Stopwatch.onKeptConnections(theatre.address()).time(crowd.probes(KEPT), RANDOM);
        var control = Comparison.of(timings.halvesOfSecond(RANDOM), RANDOM);
        var comparison = Comparison.of(timings.ofEqualSize(RANDOM), RANDOM);
        tell("kept connections, A/A", control);
        tell("kept connections", comparison);

        assertThat(YARDSTICK.complaints(control)).as(SAYS_NOTHING + control).isEmpty();
        assertThat(YARDSTICK.complaints(comparison)).as(comparison.toString()).isEmpty();
    }

    @Test
    void p7AndB5AnswersTakeEquallyLongOnFreshConnections() throws Exception {
        var timings = Stopwatch.onFreshConnections(theatre.address()).time(crowd.probes(FRESH), RANDOM);

        judgeByNoise("fresh connections", timings);
    }

    @Test
    void p7AndB5AnswersTakeEquallyLongUnderLoad() throws Exception {
        var probes = crowd.probes(UNDER_LOAD);
        try (var bustle = Bustle.at(theatre, 10 * UNDER_LOAD)) {
            var timings = Stopwatch.onKeptConnections(theatre.address()).time(probes, RANDOM);

            assertThat(bustle.steps())
                    .as(SAYS_NOTHING + "nobody else was there")
                    .isPositive();
            judgeByNoise("under load", timings);
        }
    }

    /** Both ways write as much, so without more work in one of them there would hardly be anything to find. */
    @Test
    void b5ControlFindsThatTheSlotIsOff() throws Exception {
        find("the slot is off", withoutSlot.address(), request -> request.with(LateAnswers.WORK, MORE_WORK));
    }

    @Test
    void b5ControlFindsWhatIsAddedAfterTheBoundary() throws Exception {
        find("later after the boundary", theatre.address(), request -> request.with(LateAnswers.ANSWER, LATER));
    }

    private static void judgeByNoise(String what, Timings timings) {
        var noise = Noise.of(timings.second(), YARDSTICK.level(), RANDOM);
        var control = Comparison.of(timings.halvesOfSecond(RANDOM), RANDOM);
        var comparison = Comparison.of(timings.ofEqualSize(RANDOM), RANDOM);
        tell(what + ", A/A", control + "; " + noise);
        tell(what, comparison);

        assertThat(YARDSTICK.byRank(control)).as(SAYS_NOTHING + control).isEmpty();
        assertThat(YARDSTICK.complaints(comparison, noise))
                .as("%s, %s", comparison, noise)
                .isEmpty();
    }

    /** @param fault what is different about requests of blocked buyers */
    private static void find(String what, URI server, UnaryOperator<RawRequest> fault) throws Exception {
        var timings = new Timings(new double[0], new double[0]);
        List<String> found = List.of();
        for (int round = 0; found.isEmpty() && round < ROUNDS; round++) {
            timings = timings.and(Stopwatch.onKeptConnections(server).time(crowd.probes(CONTROL, fault), RANDOM));
            var comparison = Comparison.of(timings, RANDOM);
            found = YARDSTICK.complaints(comparison);
            tell(what, comparison + "; found by " + found);
        }
        assertThat(found).as(SAYS_NOTHING + "it does not find that " + what).isNotEmpty();
    }

    /** Nothing runs beside what is measured, and only what is measured closes carts. */
    private static Map<String, Object> settings(String slot) {
        return Map.of(
                "abendkasse.web.answer-slot", slot,
                "abendkasse.cart.sweep-every", "1h",
                "abendkasse.test.late-answers", "true");
    }

    private static void tell(String what, Object result) {
        Report.tell("Silence, {}: {}", what, result);
    }
}

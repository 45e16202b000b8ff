package dev.abendkasse.server.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.testing.Report;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Signing in, registering, asking for a link and asking for another address tell nobody what the shop knows of an address: not to the
 * byte, and not in time. In full each kind of account is timed by itself and in slots of a second, as they are by default; in the test
 * command a few of all kinds together.
 */
@Isolated
class AccountSilenceTests {

    private static final String SLOT = Yardstick.isFull() ? "1s" : "400ms";
    private static final String MORE_WORK = "1000000000";
    private static final int LOGINS = Scale.of(300);

    /** As few as can show anything: chance puts 16 of one kind after 16 of the other less than once in a million runs. */
    private static final int OTHERS = Yardstick.isFull() ? 100 : 16;

    /** Two p-values of each pair of kinds, and two of its control. */
    private static final Yardstick YARDSTICK = Yardstick.ofThisRun(4 * (int) known().count());

    private static final long SEED = Long.getLong("abendkasse.test.seed", System.nanoTime());
    private static final Random RANDOM = new Random(SEED);
    private static final Veil VEIL = new Veil();

    private static Theatre theatre;
    private static Theatre withoutSlot;

    @BeforeAll
    static void openTheTheatre() {
        theatre =
                Theatre.open(Map.of("abendkasse.security.sign-in-slot", SLOT, "abendkasse.relaunch.look-every", "1h"));
        withoutSlot =
                theatre.replica(Map.of("abendkasse.relaunch.look-every", "1h", "abendkasse.test.late-answers", "true"));
        tell("seed", SEED);
    }

    @AfterAll
    static void closeTheTheatre() {
        withoutSlot.close();
        theatre.close();
    }

    /** What can be done with an address that may be another's. */
    private enum Question {
        LOGIN("/v1/sessions", "{\"email\":\"%s\",\"password\":\"wrong wrong wrong\"}", 401),
        REGISTER(
                "/v1/customers",
                "{\"email\":\"%s\",\"name\":\"Example Customer\",\"password\":\"correct horse battery\"}",
                202),
        LINK("/v1/sign-in-links", "{\"email\":\"%s\"}", 202),
        CHANGE_EMAIL(
                "/v1/me/email-changes",
                "{\"email\":\"%s\",\"currentPassword\":\"" + Acquaintance.PASSWORD + "\"}",
                202);

        private final String path;
        private final String body;
        private final int status;

        Question(String path, String body, int status) {
            this.path = path;
            this.body = body;
            this.status = status;
        }

        /** From somebody whom nothing else is known of. */
        RawRequest about(String email) {
            var request = RawRequest.post(path, body.formatted(email));
            return this == CHANGE_EMAIL ? request.with("Authorization", "Bearer " + tokenOfSomebody()) : request;
        }
    }

    @ParameterizedTest
    @EnumSource
    void p12AndM17AnswerIsToTheByteThatOfAnAddressThatNobodyKnows(Question question) {
        try (var wire = new Wire(withoutSlot.address())) {
            var nobody = VEIL.over(wire.ask(question.about(Acquaintance.NOBODY.make(theatre))));
            for (var acquaintance : Acquaintance.values()) {
                var email = acquaintance.make(theatre);
                assertThat(VEIL.over(wire.ask(question.about(email))))
                        .as(question + " " + acquaintance)
                        .isEqualTo(nobody);
                assertThat(VEIL.over(wire.ask(question.about(email))))
                        .as(question + " " + acquaintance + " again")
                        .isEqualTo(nobody);
            }
        }
    }

    @Test
    void p12RightPasswordOfAnAccountThatLetsNobodyInIsAnsweredLikeAWrongOne() {
        try (var wire = new Wire(withoutSlot.address())) {
            var nobody = VEIL.over(wire.ask(login(Acquaintance.NOBODY.make(theatre))));
            Arrays.stream(Acquaintance.values())
                    .filter(acquaintance -> !acquaintance.canLogIn())
                    .forEach(acquaintance -> assertThat(VEIL.over(wire.ask(login(acquaintance.make(theatre)))))
                            .as(acquaintance.name())
                            .isEqualTo(nobody));
        }
    }

    /** The same is posted for everybody, so that the outbox does the same work. */
    @Test
    void p12FailedLoginWritesTheSameWhoeverItIs() {
        try (var wire = new Wire(withoutSlot.address())) {
            for (var acquaintance : Acquaintance.values()) {
                var before = helped();
                wire.ask(Question.LOGIN.about(acquaintance.make(theatre)));
                assertThat(helped()).as(acquaintance.name()).isEqualTo(before + 1);
            }
        }
    }

    static Stream<Arguments> known() {
        return Arrays.stream(Question.values())
                .flatMap(question -> kinds().map(known -> Arguments.of(question, known)));
    }

    private static Stream<List<Acquaintance>> kinds() {
        var known = Arrays.stream(Acquaintance.values())
                .filter(acquaintance -> acquaintance != Acquaintance.NOBODY)
                .toList();
        return Yardstick.isFull() ? known.stream().map(List::of) : Stream.of(known);
    }

    @ParameterizedTest
    @MethodSource("known")
    void p12AnswerTakesAsLongAsThatAboutNobody(Question question, List<Acquaintance> known) throws Exception {
        var timings = Stopwatch.onKeptConnections(theatre.address())
                .of(answer -> answer.status() == question.status)
                .time(probes(List.of(question), known, question == Question.LOGIN ? LOGINS : OTHERS), RANDOM);

        var control = Comparison.of(timings.halvesOfSecond(RANDOM), RANDOM);
        var comparison = Comparison.of(timings, RANDOM);
        tell(question + " " + known + ", A/A", control);
        tell(question + " " + known, comparison);
        assertThat(YARDSTICK.byRank(control))
                .as("The run says nothing: " + control)
                .isEmpty();
        assertThat(YARDSTICK.byRank(comparison)).as(comparison.toString()).isEmpty();
    }

    static Stream<List<Question>> controls() {
        var all = List.of(Question.values());
        return Yardstick.isFull() ? all.stream().map(List::of) : Stream.of(all);
    }

    /** With more work for those who are known than any hash is, whatever else this machine does. */
    @ParameterizedTest
    @MethodSource("controls")
    void p12ControlFindsThatTheSlotIsOff(List<Question> questions) throws Exception {
        var probes = probes(questions, List.of(Acquaintance.OF_THE_FORMER_SHOP), OTHERS).stream()
                .map(probe -> probe.group() == 0
                        ? probe
                        : new Probe(1, probe.request().with(LateAnswers.WORK, MORE_WORK)))
                .toList();
        var timings = Stopwatch.onKeptConnections(withoutSlot.address())
                .of(answer -> questions.stream().anyMatch(question -> question.status == answer.status()))
                .time(probes, RANDOM);

        var comparison = Comparison.of(timings, RANDOM);
        tell(questions + ", the slot is off", comparison);
        assertThat(YARDSTICK.byRank(comparison)).as(comparison.toString()).isNotEmpty();
    }

    private static List<Probe> probes(List<Question> questions, List<Acquaintance> known, int each) {
        var probes = new ArrayList<Probe>();
        for (int i = 0; i < each; i++) {
            var question = questions.get(i % questions.size());
            probes.add(new Probe(0, question.about(Acquaintance.NOBODY.make(theatre))));
            probes.add(new Probe(1, question.about(known.get(i % known.size()).make(theatre))));
        }
        return probes;
    }

    private static RawRequest login(String email) {
        return RawRequest.post(
                "/v1/sessions", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, Acquaintance.PASSWORD));
    }

    private static String tokenOfSomebody() {
        var email = Acquaintance.ACCOUNT.make(theatre);
        var customer =
                theatre.value("select customer_id from customer_email where canonical = '" + email + "'", UUID.class);
        return theatre.server().tokenOf(new CustomerId(customer));
    }

    private static long helped() {
        return theatre.count("select count(*) from outbox_message where kind = 'ACCOUNT_HELP'");
    }

    private static void tell(String what, Object result) {
        Report.tell("Silence, {}: {}", what, result);
    }
}

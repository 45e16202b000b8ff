package dev.abendkasse.server.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.model.Login;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Signing in, registering and asking for a link tell nobody what the shop knows of an address: not to the byte, and not in time. In full
 * each kind of account is timed by itself and in slots of a second, as they are by default; in the test command a few of all kinds
 * together.
 */
@Isolated
class AccountSilenceTests {

    private static final String SLOT = Yardstick.isFull() ? "1s" : "400ms";
    private static final String MORE_WORK = "1000000000";
    private static final int EACH = Scale.of(300);
    private static final Yardstick YARDSTICK = Yardstick.ofThisRun();
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

    /** What a stranger can do with an address. */
    private enum Question {
        LOGIN("/v1/sessions", "{\"email\":\"%s\",\"password\":\"wrong wrong wrong\"}"),
        REGISTER(
                "/v1/customers",
                "{\"email\":\"%s\",\"name\":\"Example Customer\",\"password\":\"correct horse battery\"}"),
        LINK("/v1/sign-in-links", "{\"email\":\"%s\"}");

        private final String path;
        private final String body;

        Question(String path, String body) {
            this.path = path;
            this.body = body;
        }

        RawRequest about(String email) {
            return RawRequest.post(path, body.formatted(email));
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

    @Test
    void p12NewAddressThatIsAnothersIsAnsweredLikeAFreeOne() throws Exception {
        var mine = Acquaintance.ACCOUNT.make(theatre);
        var token = withoutSlot
                .shop()
                .accounts()
                .login(new Login().email(mine).password(Acquaintance.PASSWORD))
                .getAccessToken();
        try (var wire = new Wire(withoutSlot.address())) {
            var nobody = VEIL.over(wire.ask(change(token, Acquaintance.NOBODY.make(theatre))));
            for (var acquaintance : Acquaintance.values()) {
                assertThat(VEIL.over(wire.ask(change(token, acquaintance.make(theatre)))))
                        .as(acquaintance.name())
                        .isEqualTo(nobody);
            }
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

    static Stream<List<Acquaintance>> known() {
        var known = Arrays.stream(Acquaintance.values())
                .filter(acquaintance -> acquaintance != Acquaintance.NOBODY)
                .toList();
        return Yardstick.isFull() ? known.stream().map(List::of) : Stream.of(known);
    }

    @ParameterizedTest
    @MethodSource("known")
    void p12FailedLoginTakesAsLongAsThatOfNobody(List<Acquaintance> known) throws Exception {
        var timings = Stopwatch.onKeptConnections(theatre.address())
                .of(answer -> answer.status() == 401)
                .time(probes(known), RANDOM);

        var control = Comparison.of(timings.halvesOfSecond(RANDOM), RANDOM);
        var comparison = Comparison.of(timings, RANDOM);
        tell(known + ", A/A", control);
        tell(known.toString(), comparison);
        assertThat(YARDSTICK.byRank(control))
                .as("The run says nothing: " + control)
                .isEmpty();
        assertThat(YARDSTICK.byRank(comparison)).as(comparison.toString()).isEmpty();
    }

    /** With more work for those who are known than any hash is, whatever else this machine does. */
    @Test
    void p12ControlFindsThatTheSlotIsOff() throws Exception {
        var probes = probes(List.of(Acquaintance.OF_THE_FORMER_SHOP)).stream()
                .map(probe -> probe.group() == 0
                        ? probe
                        : new Probe(1, probe.request().with(LateAnswers.WORK, MORE_WORK)))
                .toList();
        var timings = Stopwatch.onKeptConnections(withoutSlot.address())
                .of(answer -> answer.status() == 401)
                .time(probes, RANDOM);

        var comparison = Comparison.of(timings, RANDOM);
        tell("the slot is off", comparison);
        assertThat(YARDSTICK.byRank(comparison)).as(comparison.toString()).isNotEmpty();
    }

    private static List<Probe> probes(List<Acquaintance> known) {
        var probes = new ArrayList<Probe>();
        for (int i = 0; i < EACH; i++) {
            probes.add(new Probe(0, Question.LOGIN.about(Acquaintance.NOBODY.make(theatre))));
            probes.add(new Probe(
                    1, Question.LOGIN.about(known.get(i % known.size()).make(theatre))));
        }
        return probes;
    }

    private static RawRequest login(String email) {
        return RawRequest.post(
                "/v1/sessions", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, Acquaintance.PASSWORD));
    }

    private static RawRequest change(String token, String email) {
        Theatre.execute(theatre.db(), "update account_link set created_at = created_at - interval '2 hours'");
        return RawRequest.post(
                        "/v1/me/email-changes",
                        "{\"email\":\"%s\",\"currentPassword\":\"%s\"}".formatted(email, Acquaintance.PASSWORD))
                .with("Authorization", "Bearer " + token);
    }

    private static long helped() {
        return theatre.count("select count(*) from outbox_message where kind = 'ACCOUNT_HELP'");
    }

    private static void tell(String what, Object result) {
        System.out.println("Silence of accounts, " + what + ": " + result);
    }
}

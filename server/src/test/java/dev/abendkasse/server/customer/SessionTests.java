package dev.abendkasse.server.customer;

import static dev.abendkasse.server.customer.Accounts.PASSWORD;
import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Session;
import dev.abendkasse.sdk.model.SessionRenewal;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Theatre;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Staying signed in, and ending it. */
class SessionTests {

    private static Accounts accounts;

    @BeforeAll
    static void open() {
        accounts = Accounts.open();
    }

    @AfterAll
    static void close() {
        accounts.close();
    }

    @Test
    void sessionIsRenewedAndTheNextTokensWork() throws ApiException {
        var first = signIn();

        var second = renew(first);

        assertThat(second.getRefreshToken()).isNotEqualTo(first.getRefreshToken());
        assertThat(accounts.as(second).getMe().getName()).isEqualTo("Example Customer");
        assertThat(renew(second).getRefreshToken()).isNotEqualTo(second.getRefreshToken());
    }

    @Test
    void answerThatGotLostIsGivenAgain() throws ApiException {
        var first = signIn();

        assertThat(renew(first).getRefreshToken()).isEqualTo(renew(first).getRefreshToken());
    }

    @Test
    void tokenThatWasReplacedLongerAgoEndsTheSessionForThiefAndOwner() throws ApiException {
        var first = signIn();
        var second = renew(first);
        letTimePass("renewed_at = renewed_at - interval '11 seconds'");

        expect(401, "session-over", () -> renew(first));
        expect(401, "session-over", () -> renew(second));
        awaitEnd(second);
    }

    @Test
    void tokenOfTwoGenerationsAgoEndsTheSessionAtOnce() throws ApiException {
        var first = signIn();
        var third = renew(renew(first));

        expect(401, "session-over", () -> renew(first));
        expect(401, "session-over", () -> renew(third));
    }

    @Test
    void renewalsAtOnceOfOneTokenGiveOneSuccessor() throws Exception {
        var first = signIn();
        Set<String> successors = ConcurrentHashMap.newKeySet();

        AtOnce.run(IntStream.range(0, 10)
                .mapToObj(_ -> (AtOnce.Step) () -> successors.add(renew(first).getRefreshToken()))
                .toArray(AtOnce.Step[]::new));

        assertThat(successors).hasSize(1);
    }

    @Test
    void whatIsNoTokenOrOfNobodyIsRefusedAlike() {
        for (var token : new String[] {"x", "AAAA", "Ärger", "A".repeat(75)}) {
            expect(
                    401,
                    "session-over",
                    () -> accounts.guest().refreshSession(new SessionRenewal().refreshToken(token)));
        }
    }

    @Test
    void logoutEndsThisSessionAndNoOther() throws ApiException {
        var email = accounts.register();
        var one = accounts.login(email, PASSWORD);
        var other = accounts.login(email, PASSWORD);

        accounts.guest().logout(new SessionRenewal().refreshToken(one.getRefreshToken()));
        accounts.guest().logout(new SessionRenewal().refreshToken(one.getRefreshToken()));

        expect(401, "session-over", () -> renew(one));
        awaitEnd(one);
        assertThat(accounts.as(other).getMe().getEmail()).isEqualTo(email);
    }

    @Test
    void logoutEverywhereEndsAllSessionsWithinSeconds() throws ApiException {
        var email = accounts.register();
        var one = accounts.login(email, PASSWORD);
        var other = accounts.login(email, PASSWORD);
        accounts.as(other).getMe();

        accounts.as(one).revokeSessions();

        expect(401, "session-over", () -> renew(other));
        awaitEnd(one);
        awaitEnd(other);
    }

    @Test
    void sessionOfAnAccountThatIsLockedIsOver() throws ApiException {
        var email = accounts.register();
        var session = accounts.login(email, PASSWORD);
        Theatre.execute(
                accounts.theatre.db(),
                "update customer set locked_at = clock_timestamp(), locked_by = 'test', lock_reason = 'A test' where "
                        + Accounts.is(email));

        expect(401, "session-over", () -> renew(session));
        expect(401, "login-failed", () -> accounts.login(email, PASSWORD));
        awaitEnd(session);
    }

    @Test
    void sessionEndsUnusedAndInAnyCaseOneDay() throws ApiException {
        var idle = signIn();
        letTimePass("ends_at = clock_timestamp()");
        expect(401, "session-over", () -> renew(idle));

        var old = signIn();
        letTimePass("created_at = created_at - interval '89 days 23 hours 59 minutes'");
        assertThat(renew(old).getRefreshExpiresIn()).isLessThanOrEqualTo(60);
    }

    @Test
    void p13AccountHasABoundedNumberOfSessionsAndTheOneUsedLeastMakesRoom() throws ApiException {
        var email = accounts.register();
        var first = accounts.login(email, PASSWORD);
        for (int i = 0; i < 20; i++) {
            accounts.login(email, PASSWORD);
        }

        expect(401, "session-over", () -> renew(first));
        assertThat(accounts.theatre.count("select count(*) from customer_session where " + Accounts.is(email)))
                .isEqualTo(20);
    }

    private static Session signIn() throws ApiException {
        return accounts.login(accounts.register(), PASSWORD);
    }

    private static Session renew(Session session) throws ApiException {
        return accounts.guest().refreshSession(new SessionRenewal().refreshToken(session.getRefreshToken()));
    }

    private static void letTimePass(String change) {
        Theatre.execute(accounts.theatre.db(), "update customer_session set " + change);
    }

    /** What a replica has read of a session holds for two seconds. */
    private static void awaitEnd(Session session) {
        Awaitility.await()
                .ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(() -> {
                    expect(401, "unauthorized", () -> accounts.as(session).getMe());
                    return true;
                });
    }
}

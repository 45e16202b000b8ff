package dev.abendkasse.server.customer;

import static dev.abendkasse.server.customer.Accounts.PASSWORD;
import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.LinkPassword;
import dev.abendkasse.sdk.model.LinkToken;
import dev.abendkasse.sdk.model.OwnPassword;
import dev.abendkasse.sdk.model.Session;
import dev.abendkasse.sdk.model.SignInLinkRequest;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Theatre;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Links in mails: proving a mailbox, choosing a password. */
class AccountLinkTests {

    private static final String ANOTHER = "another horse battery";

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
    void mailboxIsProvenByTheLinkThatIsMailedAfterRegisteringAndWorksOnce() throws Exception {
        var email = accounts.register();
        var session = accounts.login(email, PASSWORD);
        assertThat(accounts.as(session).getMe().getEmailProven()).isFalse();

        var token = accounts.linkTo(email, 1, "confirm-email");
        accounts.guest().confirmEmail(new LinkToken().token(token));

        assertThat(accounts.as(session).getMe().getEmailProven()).isTrue();
        expect(410, "account-link-gone", () -> accounts.guest().confirmEmail(new LinkToken().token(token)));
        expect(410, "account-link-gone", () -> setPassword(token));
    }

    @Test
    void m17OwnerIsToldWhenSomebodyRegistersTheirAddressAndTheAnswerIsNot() throws Exception {
        var email = accounts.register();
        accounts.postbox.mailTo(email);

        accounts.register(email);

        var mail = MailFixture.read(accounts.postbox.mailsTo(email, 2).getLast());
        assertThat(mail.subject()).isEqualTo("You have an account");
        assertThat(accounts.login(email, PASSWORD)).isNotNull();
    }

    @Test
    void resetGivesAnotherPasswordSignsInAndEndsWhatWasBefore() throws Exception {
        var email = accounts.register();
        accounts.postbox.mailTo(email);
        var before = accounts.login(email, PASSWORD);

        ask(email.toUpperCase());
        var session = setPassword(accounts.linkTo(email, 2, "reset"));

        assertThat(accounts.as(session).getMe().getEmailProven()).isTrue();
        expect(401, "login-failed", () -> accounts.login(email, PASSWORD));
        assertThat(accounts.login(email, ANOTHER)).isNotNull();
        assertThat(MailFixture.read(accounts.postbox.mailsTo(email, 3).getLast())
                        .subject())
                .isEqualTo("Your password was changed");
        Awaitility.await()
                .ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(() -> {
                    expect(401, "unauthorized", () -> accounts.as(before).getMe());
                    return true;
                });
    }

    @Test
    void linkIsRedeemedOnceOfManyAtOnce() throws Exception {
        var email = accounts.register();
        accounts.postbox.mailTo(email);
        ask(email);
        var token = accounts.linkTo(email, 2, "reset");
        var redeemed = new AtomicInteger();

        AtOnce.run(IntStream.range(0, 8)
                .mapToObj(_ -> (AtOnce.Step) () -> {
                    try {
                        setPassword(token);
                        redeemed.incrementAndGet();
                    } catch (ApiException e) {
                        assertThat(e.getCode()).isEqualTo(410);
                    }
                })
                .toArray(AtOnce.Step[]::new));

        assertThat(redeemed).hasValue(1);
    }

    @Test
    void whoeverCannotGetInGetsOneMailInFiveMinutes() throws Exception {
        var email = accounts.register();
        accounts.postbox.mailTo(email);

        ask(email);
        ask(email);
        accounts.linkTo(email, 2, "reset");
        Theatre.execute(
                accounts.theatre.db(), "update outbox_message set key = 'earlier ' || key where kind = 'ACCOUNT_HELP'");
        ask(email);

        awaitHelp();
        assertThat(accounts.theatre.count(
                        "select count(*) from account_link where kind = 'RESET' and " + Accounts.is(email)))
                .isOne();
    }

    @Test
    void m3ClaimGivesAFirstPasswordToWhoHadNoneAndTheLinkIsMailedAfterAFailedLoginOnceADay() throws Exception {
        var email = accounts.register();
        accounts.postbox.mailTo(email);
        accounts.forgetPassword(email);

        expect(401, "login-failed", () -> accounts.login(email, PASSWORD));
        expect(401, "login-failed", () -> accounts.login(email, "a guess"));
        var session = setPassword(accounts.linkTo(email, 2, "claim"));

        assertThat(accounts.as(session).getMe().getEmailProven()).isTrue();
        assertThat(accounts.login(email, ANOTHER)).isNotNull();
        awaitHelp();
        assertThat(accounts.theatre.count(
                        "select count(*) from account_link where kind = 'CLAIM' and " + Accounts.is(email)))
                .isOne();
    }

    @Test
    void userNameOfTheFormerShopSignsInAndAnAddressGoesFirst() throws Exception {
        var email = accounts.register();
        var other = accounts.register();
        Theatre.execute(
                accounts.theatre.db(),
                "insert into customer_user_name (canonical, user_name, customer_id) select lower(name), name, customer_id"
                        + " from customer_email, (values ('Theatre Friend'), ('" + other
                        + "')) named (name) where canonical = '"
                        + email + "'");

        assertThat(accounts.as(accounts.login("  THEATRE friend ", PASSWORD))
                        .getMe()
                        .getEmail())
                .isEqualTo(email);
        assertThat(accounts.as(accounts.login(other, PASSWORD)).getMe().getEmail())
                .isEqualTo(other);
    }

    @Test
    void linkThatIsTooOldOrOfALockedAccountIsGone() throws Exception {
        var late = accounts.register();
        accounts.postbox.mailTo(late);
        ask(late);
        var token = accounts.linkTo(late, 2, "reset");
        Theatre.execute(
                accounts.theatre.db(), "update account_link set expires_at = clock_timestamp() where kind = 'RESET'");
        expect(410, "account-link-gone", () -> setPassword(token));

        var locked = accounts.register();
        accounts.postbox.mailTo(locked);
        ask(locked);
        var other = accounts.linkTo(locked, 2, "reset");
        Theatre.execute(
                accounts.theatre.db(),
                "update customer set locked_at = clock_timestamp(), locked_by = 'test', lock_reason = 'A test' where "
                        + Accounts.is(locked));
        expect(410, "account-link-gone", () -> setPassword(other));
        expect(410, "account-link-gone", () -> setPassword("A".repeat(64)));
    }

    @Test
    void passwordIsChangedByWhoKnowsThePresentOne() throws Exception {
        var email = accounts.register();
        var session = accounts.login(email, PASSWORD);

        expect(
                422,
                "password-wrong",
                () -> accounts.as(session)
                        .changePassword(
                                new OwnPassword().currentPassword("wrong").password(ANOTHER)));
        var next = accounts.as(session)
                .changePassword(new OwnPassword().currentPassword(PASSWORD).password(ANOTHER));

        assertThat(accounts.as(next).getMe().getEmail()).isEqualTo(email);
        expect(401, "login-failed", () -> accounts.login(email, PASSWORD));
        assertThat(accounts.login(email, ANOTHER)).isNotNull();
    }

    @Test
    void m3WhoSignsInWithAPasswordTooShortForTodaysRulesIsAskedForAnother() throws Exception {
        var email = accounts.register();
        var hash = dev.abendkasse.server.passwords.StoredPassword.of("short").text();
        Theatre.execute(
                accounts.theatre.db(),
                "update customer set password_hash = '" + hash + "' where " + Accounts.is(email));

        assertThat(accounts.login(email, "short").getPasswordChangeAdvised()).isTrue();
    }

    private static void ask(String email) throws ApiException {
        accounts.guest().requestSignInLink(new SignInLinkRequest().email(email));
    }

    private static Session setPassword(String token) throws ApiException {
        return accounts.guest().setPassword(new LinkPassword().token(token).password(ANOTHER));
    }

    private static void awaitHelp() {
        Awaitility.await()
                .until(() -> accounts.theatre.count(
                                "select count(*) from outbox_message where kind = 'ACCOUNT_HELP' and state = 'WAITING'")
                        == 0);
    }
}

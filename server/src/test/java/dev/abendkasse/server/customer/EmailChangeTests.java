package dev.abendkasse.server.customer;

import static dev.abendkasse.server.customer.Accounts.PASSWORD;
import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.EmailChange;
import dev.abendkasse.sdk.model.LinkPassword;
import dev.abendkasse.sdk.model.LinkToken;
import dev.abendkasse.sdk.model.Session;
import dev.abendkasse.sdk.model.SessionRenewal;
import dev.abendkasse.sdk.model.SignInLinkRequest;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.testing.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An address is current until another one is confirmed, and can be had back. */
class EmailChangeTests {

    private static Accounts accounts;

    private String email;
    private Session session;

    @BeforeAll
    static void open() {
        accounts = Accounts.open();
    }

    @AfterAll
    static void close() {
        accounts.close();
    }

    private void signIn() throws ApiException {
        email = accounts.register();
        session = accounts.login(email, PASSWORD);
        accounts.postbox.mailTo(email);
    }

    @Test
    void m11OldAddressStaysCurrentUntilTheNewOneIsConfirmed() throws Exception {
        signIn();
        var next = Accounts.email();

        change(next);

        assertThat(accounts.login(email, PASSWORD)).isNotNull();
        expect(401, "login-failed", () -> accounts.login(next, PASSWORD));
        confirm(accounts.linkTo(next, 1, "change-email"));
        assertThat(accounts.as(accounts.login(next, PASSWORD)).getMe().getEmail())
                .isEqualTo(next);
        expect(401, "login-failed", () -> accounts.login(email, PASSWORD));
    }

    @Test
    void m12ChangeVoidsLinksAndSessionsAndTellsTheOldAddressOnce() throws Exception {
        signIn();
        accounts.guest().requestSignInLink(new SignInLinkRequest().email(email));
        var reset = accounts.linkTo(email, 2, "reset");
        var next = Accounts.email();
        change(next);

        confirm(accounts.linkTo(next, 1, "change-email"));

        expect(
                410,
                "account-link-gone",
                () -> accounts.guest()
                        .setPassword(new LinkPassword().token(reset).password("another horse battery")));
        expect(
                401,
                "session-over",
                () -> accounts.guest().refreshSession(new SessionRenewal().refreshToken(session.getRefreshToken())));
        accounts.linkTo(email, 3, "revert-email");
        assertThat(accounts.postbox.mailsTo(email)).hasSize(3);
    }

    @Test
    void changeIsTakenBackFromTheOldAddressThoughItWasChangedTwice() throws Exception {
        signIn();
        var second = Accounts.email();
        change(second);
        confirm(accounts.linkTo(second, 1, "change-email"));
        var back = accounts.linkTo(email, 2, "revert-email");
        session = accounts.login(second, PASSWORD);
        var third = Accounts.email();
        change(third);
        confirm(accounts.linkTo(third, 1, "change-email"));
        var thief = accounts.linkTo(second, 2, "revert-email");

        accounts.guest().revertEmail(new LinkToken().token(back));

        expect(401, "login-failed", () -> accounts.login(third, PASSWORD));
        expect(401, "login-failed", () -> accounts.login(email, PASSWORD));
        var owner = accounts.guest()
                .setPassword(new LinkPassword()
                        .token(accounts.linkTo(email, 3, "claim"))
                        .password("another horse battery"));
        assertThat(accounts.as(owner).getMe().getEmail()).isEqualTo(email);
        expect(410, "account-link-gone", () -> accounts.guest().revertEmail(new LinkToken().token(thief)));
    }

    @Test
    void m17AddressOfAnotherAccountIsAnsweredLikeANewOneAndItsOwnerIsTold() throws Exception {
        signIn();
        var taken = accounts.register();
        accounts.postbox.mailTo(taken);

        assertThat(change(taken)).isEqualTo(change(Accounts.email()));

        assertThat(MailFixture.read(accounts.postbox.mailsTo(taken, 2).getLast())
                        .subject())
                .isEqualTo("You have an account");
        assertThat(accounts.as(session).getMe().getEmail()).isEqualTo(email);
    }

    @Test
    void wrongPasswordChangesNothing() throws Exception {
        signIn();

        expect(
                422,
                "password-wrong",
                () -> accounts.as(session)
                        .changeEmail(new EmailChange().currentPassword("wrong").email(Accounts.email())));
    }

    @Test
    void m7OfTwoAccountsThatConfirmOneAddressAtOnceOneHasIt() throws Exception {
        var wanted = Accounts.email();
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            signIn();
            change(wanted);
            tokens.add(accounts.linkTo(wanted, i + 1, "change-email"));
        }
        var won = new AtomicInteger();

        AtOnce.run(tokens.stream()
                .map(token -> (AtOnce.Step) () -> {
                    try {
                        confirm(token);
                        won.incrementAndGet();
                    } catch (ApiException e) {
                        assertThat(e.getCode()).isEqualTo(410);
                    }
                })
                .toArray(AtOnce.Step[]::new));

        assertThat(won).hasValue(1);
        assertThat(accounts.theatre.count(
                        "select count(*) from customer_email where until is null and canonical = '" + wanted + "'"))
                .isOne();
        assertThat(accounts.theatre.count(
                        "select count(*) from customer where not exists (select from customer_email address"
                                + " where address.customer_id = customer.customer_id and until is null)"))
                .isZero();
    }

    private String change(String to) throws ApiException {
        return accounts.as(session)
                .changeEmail(new EmailChange().currentPassword(PASSWORD).email(to))
                .getMessage();
    }

    private static void confirm(String token) throws ApiException {
        accounts.guest().confirmEmail(new LinkToken().token(token));
    }
}

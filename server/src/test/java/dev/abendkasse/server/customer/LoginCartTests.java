package dev.abendkasse.server.customer;

import static dev.abendkasse.server.customer.Accounts.PASSWORD;
import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.LinkPassword;
import dev.abendkasse.sdk.model.LinkToken;
import dev.abendkasse.sdk.model.Login;
import dev.abendkasse.sdk.model.LoginCart;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.SignInLinkRequest;
import dev.abendkasse.server.customer.domain.AccountCommand.CartRef;
import dev.abendkasse.server.customer.domain.AccountCommand.NewSession;
import dev.abendkasse.server.customer.domain.AccountCommand.OpenSession;
import dev.abendkasse.server.customer.domain.AccountCommand.SetPassword;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Member;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What somebody who signs in had before: the cart that they are in the middle of, and what they bought as a guest. */
class LoginCartTests {

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
    void m16SignInInTheMiddleOfAPurchaseKeepsTheCartAndHoldsItALittleLongerOnce() throws ApiException {
        var email = accounts.register();
        var cart = accounts.theatre.hold(accounts.theatre.best("ga", 2));
        lessTimeFor(cart);
        var before = read(cart);

        var login = new Login().email(email).password(PASSWORD).cart(reference(cart));
        var session = accounts.guest().login(login);
        var once = read(cart);
        accounts.guest().login(login);

        assertThat(once.getItems()).isEqualTo(cart.getItems());
        assertThat(once.getExpiresAt()).isEqualTo(before.getExpiresAt().plusMinutes(15));
        assertThat(once.getVersion()).isEqualTo(cart.getVersion());
        assertThat(read(cart).getExpiresAt()).isEqualTo(once.getExpiresAt());
        assertThat(accounts.theatre.count(
                        "select count(*) from place where held_until = (select expires_at from cart where cart_id = '"
                                + cart.getCartId() + "') and holder = '" + cart.getCartId() + "'"))
                .isEqualTo(2);
        var outcome = (Outcome.Confirmed) Theatre.checkOut(
                accounts.shop(session),
                read(cart).cartToken(cart.getCartToken()),
                UUID.randomUUID(),
                Theatre.request(PaymentMethod.INVOICE).buyer(Theatre.buyer(email)));
        assertThat(accounts.shop(session)
                        .ownOrders()
                        .listMyOrders(null, null, null)
                        .getItems())
                .extracting("orderId")
                .containsExactly(outcome.order().getOrderId());
    }

    @Test
    void m16HoldIsNotLongerThanItsCap() throws ApiException {
        var cart = accounts.theatre.hold(accounts.theatre.best("ga", 1));
        Theatre.execute(
                accounts.theatre.db(),
                "update cart set first_hold_at = first_hold_at - interval '40 minutes' where cart_id = '"
                        + cart.getCartId() + "'");

        accounts.guest()
                .requestSignInLink(
                        new SignInLinkRequest().email(Accounts.email()).cart(reference(cart)));

        assertThat(read(cart).getExpiresAt()).isEqualTo(cart.getExpiresAt());
    }

    @Test
    void m16LinkForNobodyHoldsTheCartAsLongAsOneForSomebody() throws ApiException {
        var cart = accounts.theatre.hold(accounts.theatre.best("ga", 1));

        accounts.guest()
                .requestSignInLink(
                        new SignInLinkRequest().email(Accounts.email()).cart(reference(cart)));

        assertThat(read(cart).getExpiresAt()).isEqualTo(cart.getExpiresAt().plusMinutes(15));
    }

    @Test
    void m16ChoosingAPasswordByALinkInTheMiddleOfAPurchaseKeepsTheCartAndHoldsItALittleLongerOnce() throws Exception {
        var email = accounts.register();
        accounts.postbox.mailTo(email);
        var cart = accounts.theatre.hold(accounts.theatre.best("ga", 2));
        lessTimeFor(cart);
        var before = read(cart);
        accounts.guest().requestSignInLink(new SignInLinkRequest().email(email).cart(reference(cart)));
        var choice = new LinkPassword()
                .token(accounts.linkTo(email, 2, "reset"))
                .password("another horse battery")
                .cart(reference(cart));

        var session = accounts.guest().setPassword(choice);

        assertThat(read(cart).getExpiresAt()).isEqualTo(before.getExpiresAt().plusMinutes(15));
        assertThat(ownersOf(cart)).isOne();
        var outcome = Theatre.checkOut(
                accounts.shop(session),
                read(cart).cartToken(cart.getCartToken()),
                UUID.randomUUID(),
                Theatre.request(PaymentMethod.INVOICE).buyer(Theatre.buyer(email)));
        assertThat(outcome).isInstanceOf(Outcome.Confirmed.class);
    }

    /** All of them lock the cart before the account. At the functions: hashing would keep them apart. */
    @Test
    void m16SignInsByPasswordAndByLinkAndACheckoutOfTheSameCartAtOnceComeOneAfterTheOther() throws Exception {
        var functions = accounts.theatre.server().bean(Functions.class);
        for (int round = 0; round < Scale.of(150); round++) {
            var member = Member.join(accounts.theatre);
            var cart = accounts.theatre.hold(accounts.theatre.best("free", 1));
            var reference = reference(cart, accounts.theatre.server().bean(Secrets.class));
            var link =
                    accounts.theatre.value("select mail_account_link('RESET', '" + member.id() + "', 600)", UUID.class);
            var outcome = new AtomicReference<Outcome>();
            AtOnce.Step login = () -> Awaited.of(
                    functions.call("open_session", new OpenSession(member.id(), null, session(), reference)));

            AtOnce.run(
                    () -> Awaited.of(functions.call(
                            "set_password_by_link", new SetPassword(link, "none", session(), reference))),
                    login,
                    login,
                    () -> outcome.set(Theatre.checkOut(
                            accounts.theatre.shop(),
                            cart,
                            UUID.randomUUID(),
                            new CheckoutRequest().buyer(Theatre.buyer(member.email())))));

            assertThat(outcome.get()).isInstanceOf(Outcome.Confirmed.class);
        }
    }

    @Test
    void linkThatDoesNotWorkLeavesTheCartAsItIs() throws Exception {
        var email = accounts.register();
        accounts.postbox.mailTo(email);
        accounts.guest().requestSignInLink(new SignInLinkRequest().email(email));
        var cart = accounts.theatre.hold(accounts.theatre.best("ga", 1));
        lessTimeFor(cart);
        var before = read(cart);
        var choice = new LinkPassword()
                .token(accounts.linkTo(email, 2, "reset"))
                .password("another horse battery")
                .cart(reference(cart));
        Theatre.execute(
                accounts.theatre.db(),
                "update account_link set expires_at = clock_timestamp() where " + Accounts.is(email));

        expect(410, "account-link-gone", () -> accounts.guest().setPassword(choice));

        assertThat(read(cart)).isEqualTo(before);
        assertThat(ownersOf(cart)).isZero();
    }

    @Test
    void cartOfSomebodyElseIsNotTaken() throws ApiException {
        var email = accounts.register();
        var cart = accounts.theatre.hold(accounts.theatre.best("ga", 1));

        accounts.guest()
                .login(new Login()
                        .email(email)
                        .password(PASSWORD)
                        .cart(reference(cart).cartToken("wrong")));

        assertThat(ownersOf(cart)).isZero();
        assertThat(read(cart).getExpiresAt()).isEqualTo(cart.getExpiresAt());
    }

    @Test
    void cartTellsNobodyThatThePasswordOfALockedAccountIsRight() throws ApiException {
        var email = accounts.register();
        var cart = accounts.theatre.hold(accounts.theatre.best("ga", 1));
        lessTimeFor(cart);
        var before = read(cart);
        Theatre.execute(
                accounts.theatre.db(),
                "update customer set locked_at = clock_timestamp(), locked_by = 'test' where " + Accounts.is(email));

        var login = new Login().email(email).password(PASSWORD).cart(reference(cart));
        expect(401, "login-failed", () -> accounts.guest().login(login));

        assertThat(read(cart)).isEqualTo(before);
        assertThat(ownersOf(cart)).isZero();
    }

    @Test
    void m9GuestsOrdersAreFoundInTheAccountOnlyAfterTheMailboxIsProven() throws Exception {
        var email = Accounts.email();
        var bought = (Outcome.PaymentRequired) Theatre.checkOut(
                accounts.theatre.shop(),
                accounts.theatre.hold(accounts.theatre.best("ga", 1)),
                UUID.randomUUID(),
                Theatre.request(PaymentMethod.CARD).buyer(Theatre.buyer(email)));
        PayPage.of(bought.payment()).pay();
        PayPage.await(
                () -> accounts.theatre
                        .shop()
                        .withOrderToken(bought.orderToken())
                        .orders()
                        .getOrder(bought.orderId()),
                order -> order.getState().getValue().equals("CONFIRMED"));
        var reserved = (Outcome.Reserved) Theatre.checkOut(
                accounts.theatre.shop(),
                accounts.theatre.hold(accounts.theatre.best("ga", 1)),
                UUID.randomUUID(),
                Theatre.request(PaymentMethod.PAY_LATER).buyer(Theatre.buyer(email)));

        accounts.register(email);
        var session = accounts.login(email, PASSWORD);
        assertThat(orders(session)).isEmpty();
        accounts.guest().confirmEmail(new LinkToken().token(proof(email)));

        assertThat(orders(session)).containsExactly(bought.orderId());
        accounts.theatre
                .shop()
                .withOrderToken(reserved.orderToken())
                .orders()
                .cancelOrder(reserved.order().getOrderId(), UUID.randomUUID());
        accounts.login(email, PASSWORD);
        assertThat(orders(session)).contains(reserved.order().getOrderId());
        assertThat(accounts.theatre.count(
                        "select count(*) from credit_account where exposure <> 0 and " + Accounts.is(email)))
                .isZero();
    }

    /** The confirmation of the order, the one of the reservation, then the link. */
    private static String proof(String email) throws Exception {
        return accounts.linkTo(email, 3, "confirm-email");
    }

    private static java.util.List<UUID> orders(dev.abendkasse.sdk.model.Session session) throws ApiException {
        return accounts.shop(session).ownOrders().listMyOrders(null, null, null).getItems().stream()
                .map(dev.abendkasse.sdk.model.OwnOrder::getOrderId)
                .toList();
    }

    private static NewSession session() {
        return new NewSession(UUID.randomUUID(), 600, 20, false);
    }

    private static CartRef reference(Cart cart, Secrets secrets) {
        return new CartRef(cart.getCartId(), secrets.hexHash(cart.getCartToken()));
    }

    private static long ownersOf(Cart cart) {
        return accounts.theatre.count(
                "select count(*) from cart where customer_id is not null and cart_id = '" + cart.getCartId() + "'");
    }

    private static void lessTimeFor(Cart cart) {
        Theatre.execute(
                accounts.theatre.db(),
                "update cart set expires_at = expires_at - interval '5 minutes' where cart_id = '" + cart.getCartId()
                        + "'");
    }

    private static Cart read(Cart cart) throws ApiException {
        return accounts.theatre
                .shop()
                .withCartToken(cart.getCartToken())
                .carts()
                .getCart(cart.getCartId());
    }

    private static LoginCart reference(Cart cart) {
        return new LoginCart().cartId(cart.getCartId()).cartToken(cart.getCartToken());
    }
}

package dev.abendkasse.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.ItemSelection;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.customer.domain.AccountCommand;
import dev.abendkasse.server.customer.domain.AccountCommand.NewSession;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Member;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.Theatre;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A guest's orders are taken into the account of whoever proves the mailbox, while other things happen to the same orders. */
class GuestOrderRaceTests {

    private static final int ROUNDS = Scale.of(60);

    private static Theatre theatre;
    private static Functions functions;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open();
        functions = theatre.server().bean(Functions.class);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void m9OfTwoProofsAtOnceOneCountsAndEachOrderIsTakenOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var member = Member.join(theatre);
            var bought = free(member);
            var reserved = reserve(member);
            var link = proof(member);
            var proven = new AtomicInteger();

            AtOnce.run(
                    () -> prove(link, proven), () -> prove(link, proven), () -> signIn(member), () -> signIn(member));

            assertThat(proven).hasValue(1);
            assertThat(ownerOf(bought)).isEqualTo(member.id().toString());
            assertThat(ownerOf(reserved.order().getOrderId())).isEqualTo("nobody");
        }
    }

    /** What is finished too late for the proof is taken at the next sign-in, and nothing counts for a limit that nobody has checked. */
    @Test
    void m9OrdersThatEndOrAreMadeWhileTheMailboxIsProvenAreTakenThenOrAtTheNextSignIn() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            var member = Member.join(theatre);
            var before = free(member);
            var ending = reserve(member);
            var open = (Outcome.PaymentRequired) checkOut(member, theatre.best("ga", 1), PaymentMethod.CARD);
            var cart = theatre.hold(theatre.best("free", 1));
            var link = proof(member);

            AtOnce.run(
                    () -> prove(link, new AtomicInteger()),
                    () -> signIn(member),
                    () -> Theatre.checkOut(theatre.shop(), cart, UUID.randomUUID(), request(member)),
                    () -> cancel(ending));
            assertThat(ownerOf(before)).isEqualTo(member.id().toString());
            signIn(member);

            assertThat(ownerOf(cart)).isEqualTo(member.id().toString());
            assertThat(ownerOf(ending.order().getOrderId()))
                    .isEqualTo(member.id().toString());
            assertThat(ownerOf(open.orderId())).isEqualTo("nobody");
            assertThat(member.count("credit_account where exposure <> 0")).isZero();
        }
    }

    private static UUID proof(Member member) {
        return theatre.value("select mail_account_link('CONFIRM_EMAIL', '" + member.id() + "', 600)", UUID.class);
    }

    private static void prove(UUID link, AtomicInteger proven) {
        var answer = Awaited.of(functions.call("confirm_email", new AccountCommand.ConfirmEmail(link, "00", 600)));
        if (!answer.has("refused")) {
            proven.incrementAndGet();
        }
    }

    private static void signIn(Member member) {
        var session = new NewSession(UUID.randomUUID(), 600, 20, false);
        var answer = Awaited.of(
                functions.call("open_session", new AccountCommand.OpenSession(member.id(), null, session, null)));
        assertThat(answer.has("session")).isTrue();
    }

    /** As a guest. */
    private static UUID free(Member member) throws ApiException {
        var outcome = Theatre.checkOut(
                theatre.shop(), theatre.hold(theatre.best("free", 1)), UUID.randomUUID(), request(member));
        return ((Outcome.Confirmed) outcome).order().getOrderId();
    }

    private static Outcome.Reserved reserve(Member member) throws ApiException {
        return (Outcome.Reserved) checkOut(member, theatre.best("ga", 1), PaymentMethod.PAY_LATER);
    }

    private static Outcome checkOut(Member member, ItemSelection items, PaymentMethod method) throws ApiException {
        return Theatre.checkOut(
                theatre.shop(),
                theatre.hold(items),
                UUID.randomUUID(),
                request(member).paymentMethod(method));
    }

    private static CheckoutRequest request(Member member) {
        return new CheckoutRequest().buyer(Theatre.buyer(member.email()));
    }

    private static void cancel(Outcome.Reserved reserved) throws ApiException {
        theatre.shop()
                .withOrderToken(reserved.orderToken())
                .orders()
                .cancelOrder(reserved.order().getOrderId(), UUID.randomUUID());
    }

    private static String ownerOf(UUID order) {
        return owner("order_id = '" + order + "'");
    }

    private static String ownerOf(Cart cart) {
        return owner("cart_id = '" + cart.getCartId() + "'");
    }

    private static String owner(String of) {
        return theatre.value("select coalesce(customer_id::text, 'nobody') from orders where " + of, String.class);
    }
}

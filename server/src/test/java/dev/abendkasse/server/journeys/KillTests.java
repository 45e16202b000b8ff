package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.ItemSelection;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.sandbox.SandboxAddress;
import dev.abendkasse.server.sandbox.SandboxWebhooks;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.ServerProcess;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import dev.abendkasse.server.testing.Theatre;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/**
 * The server is killed while money comes in, between every two steps and at any instant: each payment ends in one confirmed
 * order, or goes back once, and its buyer is written to.
 */
class KillTests {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int BUYERS_AT_ONCE = 3;

    private static final GreenMail MAILS = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    /** A provider of its own, with its own books, which outlives the shop's server. */
    private static final TestDatabase BOOKS = TestDatabase.fresh();

    private static UUID performance;
    private static TestServer provider;
    private static ServerProcess server;
    private static int purchases;

    @BeforeAll
    static void start() {
        MAILS.start();
        performance = Awaited.of(Hall.open(DATABASE.client(), 400, 10));
        provider = TestServer.on(BOOKS, Map.of("abendkasse.sandbox.notify-every", "100ms"));
        var settings = new HashMap<String, Object>();
        settings.put(
                "abendkasse.payment.base-url",
                provider.bean(SandboxAddress.class).value());
        settings.put("abendkasse.payment.webhook-secrets", whsec());
        settings.put("abendkasse.payment.replay-retry", "3s");
        settings.put("abendkasse.outbox.retry", "3s");
        settings.put("abendkasse.outbox.look-every", "1s");
        settings.put("abendkasse.mail.from", "tickets@example.org");
        settings.put("spring.mail.host", "127.0.0.1");
        settings.put("spring.mail.port", MAILS.getSmtp().getPort());
        settings.put("spring.r2dbc.pool.max-size", 20);
        server = ServerProcess.on(DATABASE, settings);
        server.start();
        server.awaitUp();
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
        MAILS.stop();
    }

    @Test
    void p4AndP5NothingIsLostWhenTheServerDiesWhereItIsAboutToNoteAStep() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var buyers = new ArrayList<Future<?>>();
            StepTrap.setAll(DATABASE);
            for (var trap : StepTrap.values()) {
                buyers.add(threads.submit(() ->
                        trap == StepTrap.REFUND_NOTED ? payTooLate(trap.victim()) : buyStubbornly(trap.victim())));
                StepTrap.awaitCaught(DATABASE, buyers.size());
            }
            server.kill();
            StepTrap.releaseAll(DATABASE);
            startAfterAWhile();
            awaitAll(buyers);
        }
        assertAllIsWell();
    }

    @Test
    void p4AndP5NothingIsLostWhenTheServerDiesAtAnyInstant() throws Exception {
        int kills = Scale.of(50);
        var random = new Random(20261122);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var buyers = new ArrayList<Future<?>>();
            for (int i = 0; i < kills; i++) {
                server.awaitUp();
                for (int n = 0; n < BUYERS_AT_ONCE; n++) {
                    var email = "buyer-" + UUID.randomUUID() + "@example.org";
                    buyers.add(threads.submit(() -> buyStubbornly(email)));
                }
                Awaited.of(Mono.delay(Duration.ofMillis(random.nextInt(1000))));
                server.kill();
                startAfterAWhile();
            }
            awaitAll(buyers);
        }
        assertAllIsWell();
    }

    /** Whoever waits longer after each failure, here and at the provider, has waited long enough. */
    private static void startAfterAWhile() {
        Theatre.execute(
                DATABASE.client(),
                "update outbox_message set due_at = clock_timestamp(), tries = 0"
                        + " where state = 'WAITING' and kind <> 'PAYMENT_CANCEL'");
        Theatre.execute(
                BOOKS.client(),
                "update sandbox_notification set due_at = clock_timestamp(), tries = 0 where due_at is not null");
        server.start();
    }

    private static void awaitAll(List<Future<?>> buyers) throws Exception {
        for (var buyer : buyers) {
            buyer.get();
        }
        purchases += buyers.size();
    }

    /** Repeats each request, under its key, until it is answered. */
    private static Void buyStubbornly(String email) {
        var key = UUID.randomUUID();
        var cart = repeat(() -> shop().carts()
                .createCart(
                        new CartCreation()
                                .items(new ItemSelection()
                                        .performanceId(performance)
                                        .category("a")
                                        .quantity(1)),
                        key));
        var outcome = repeat(() -> checkOut(cart, email, key));
        if (outcome instanceof Outcome.PaymentRequired(var _, var _, var payment)) {
            PayPage.of(payment).pay();
            return null;
        }
        throw new AssertionError("Not to be paid: " + outcome);
    }

    /** Pays what was given up, so that it goes back. */
    private static Void payTooLate(String email) throws ApiException {
        var cart = shop().carts()
                .createCart(
                        new CartCreation()
                                .items(new ItemSelection()
                                        .performanceId(performance)
                                        .category("a")
                                        .quantity(1)),
                        UUID.randomUUID());
        var outcome = (Outcome.PaymentRequired) checkOut(cart, email, UUID.randomUUID());
        shop().withOrderToken(outcome.orderToken()).orders().cancelOrder(outcome.orderId(), UUID.randomUUID());
        PayPage.of(outcome.payment()).payLate();
        return null;
    }

    private static Outcome checkOut(Cart cart, String email, UUID key) throws ApiException {
        return Theatre.checkOut(
                shop(), cart, key, Theatre.request(PaymentMethod.CARD).buyer(Theatre.buyer(email)));
    }

    private static String whsec() {
        return "whsec_" + Base64.getEncoder().encodeToString(SandboxWebhooks.secret(provider.bean(Secrets.class)));
    }

    private static AbendkasseClient shop() {
        return AbendkasseClient.at(server.address()).build();
    }

    private static <T> T repeat(Callable<T> request) {
        var answer = new AtomicReference<T>();
        Awaitility.await("an answer")
                .atMost(PATIENCE.multipliedBy(6))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    answer.set(ask(request));
                    return answer.get() != null;
                });
        return answer.get();
    }

    /** @return null when nobody has answered */
    private static <T> T ask(Callable<T> request) {
        try {
            return request.call();
        } catch (Exception e) {
            if (isFinal(e)) {
                throw new AssertionError(e);
            }
            return null;
        }
    }

    private static boolean isFinal(Exception e) {
        return e instanceof ApiException refusal
                && refusal.getCode() >= 400
                && refusal.getCode() < 500
                && refusal.getCode() != 409
                && refusal.getCode() != 429;
    }

    /** What is settled has posted its mail already, so the outbox is looked at last: before, it may be empty for want of news. */
    private static void assertAllIsWell() throws MessagingException {
        Awaitility.await("everything that was paid is settled and everybody told")
                .atMost(PATIENCE)
                .until(() -> count(BOOKS, "select count(*) from sandbox_payment where state = 'SUCCEEDED'") >= purchases
                        && unsettled() == 0
                        && count(DATABASE, "select count(*) from refund where state <> 'SUCCEEDED'") == 0
                        && count(
                                        DATABASE,
                                        "select count(*) from outbox_message where state = 'WAITING' and kind <>"
                                                + " 'PAYMENT_CANCEL'")
                                == 0);
        assertThat(count(DATABASE, "select count(*) from orders where state in ('CONFIRMED', 'CANCELLED')"))
                .isEqualTo(purchases);
        assertThat(count(BOOKS, "select count(*) from sandbox_refund"))
                .as("given back once")
                .isEqualTo(count(DATABASE, "select count(*) from refund"));
        assertThat(count(DATABASE, "select count(*) from outbox_message where state = 'DEAD'"))
                .isZero();
        assertThat(count(
                        DATABASE,
                        "select count(*) from orders where balance_of(order_id)"
                                + " <> case state when 'CONFIRMED' then total else 0 end"))
                .isZero();
        assertEachConfirmedBuyerWasWrittenToUnderOneId();
    }

    private static long unsettled() {
        var paid = Awaited.of(BOOKS.client()
                .sql("select payment_id from sandbox_payment where state = 'SUCCEEDED'")
                .mapValue(UUID.class)
                .all()
                .collectList());
        return paid.stream()
                .filter(payment -> count(DATABASE, """
                                select count(*) from payment join orders using (order_id)
                                 where payment_id = '%s'
                                   and (orders.state = 'CONFIRMED' and balance_of(order_id) = total
                                        or (select count(*) from refund where refund.payment_id = payment.payment_id) = 1)
                                """.formatted(payment)) != 1)
                .count();
    }

    private static void assertEachConfirmedBuyerWasWrittenToUnderOneId() throws MessagingException {
        var messages = List.of(MAILS.getReceivedMessages());
        var buyers = Awaited.of(DATABASE.client()
                .sql("select buyer ->> 'email' from orders where state = 'CONFIRMED'")
                .mapValue(String.class)
                .all()
                .collectList());
        for (var buyer : buyers) {
            var ids = messages.stream()
                    .filter(message -> recipients(message).contains(buyer))
                    .map(KillTests::messageId)
                    .distinct()
                    .toList();
            assertThat(ids).as("mails to " + buyer).hasSize(1);
        }
    }

    private static String recipients(jakarta.mail.internet.MimeMessage message) {
        try {
            return Arrays.toString(message.getAllRecipients());
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String messageId(jakarta.mail.internet.MimeMessage message) {
        try {
            return message.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(TestDatabase DATABASE, String query) {
        return Awaited.of(DATABASE.client().sql(query).mapValue(Long.class).one());
    }
}

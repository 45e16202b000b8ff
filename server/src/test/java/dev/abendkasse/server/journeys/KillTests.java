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
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Scale;
import dev.abendkasse.server.testing.ServerProcess;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import dev.abendkasse.server.testing.Theatre;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/**
 * The server is killed while money comes in, between every two steps and at any instant: each payment ends in one confirmed
 * order, or goes back once, and its buyer is written to.
 */
class KillTests {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Where the server is stopped in its tracks: just before it writes down that the step is done. */
    enum Step {
        ORDER_MADE("orders", "insert", "true"),
        PAYMENT_OPENED("payment", "update", "new.provider_reference is not null and old.provider_reference is null"),
        FACT_STORED("payment_fact", "insert", "true"),
        ORDER_CONFIRMED("orders", "update", "new.state = 'CONFIRMED'"),
        MAIL_CLAIMED("outbox_message", "update", "new.kind = 'MAIL' and new.tries > old.tries"),
        MAIL_SENT("outbox_message", "update", "new.kind = 'MAIL' and new.state = 'DONE'");

        private final String table;
        private final String event;
        private final String condition;

        Step(String table, String event, String condition) {
            this.table = table;
            this.event = event;
            this.condition = condition;
        }
    }

    private final GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final TestDatabase database = TestDatabase.fresh();

    /** A provider of its own, with its own books, which outlives the shop's server. */
    private final TestDatabase books = TestDatabase.fresh();

    private UUID performance;
    private TestServer provider;
    private ServerProcess server;

    @BeforeEach
    void start() {
        mails.start();
        performance = Hall.open(database.client(), 400, 10).block();
        provider = TestServer.on(books, Map.of("abendkasse.sandbox.notify-every", "100ms"));
        server = ServerProcess.on(
                database,
                Map.of(
                        "abendkasse.payment.base-url",
                        provider.bean(SandboxAddress.class).value(),
                        "abendkasse.payment.webhook-secrets",
                        whsec(),
                        "abendkasse.outbox.retry",
                        "3s",
                        "abendkasse.outbox.look-every",
                        "1s",
                        "abendkasse.mail.from",
                        "tickets@example.org",
                        "spring.mail.host",
                        "127.0.0.1",
                        "spring.mail.port",
                        mails.getSmtp().getPort()));
        server.start();
        server.awaitUp();
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
        mails.stop();
    }

    @ParameterizedTest
    @EnumSource
    void p4AndP5NothingIsLostWhenTheServerDiesWhereItIsAboutToNoteAStep(Step step) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            holdUp(step);
            var buyer = threads.submit(this::buyStubbornly);
            awaitHeldUp();
            server.kill();
            release(step);
            server.start();
            buyer.get();
        }
        assertAllIsWell(1);
    }

    @Test
    void p4AndP5NothingIsLostWhenTheServerDiesAtAnyInstant() throws Exception {
        int kills = Scale.of(50);
        var random = new Random(20261122);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var buyers = IntStream.range(0, kills * 3)
                    .<Future<?>>mapToObj(_ -> threads.submit(this::buyStubbornly))
                    .toList();
            for (int i = 0; i < kills; i++) {
                server.awaitUp();
                Mono.delay(Duration.ofMillis(random.nextInt(1500))).block();
                server.kill();
                server.start();
            }
            for (var buyer : buyers) {
                buyer.get();
            }
        }
        assertAllIsWell(kills * 3);
    }

    /** Repeats each request, under its key, until it is answered. */
    private Void buyStubbornly() {
        var email = "buyer-" + UUID.randomUUID() + "@example.org";
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

    private Outcome checkOut(Cart cart, String email, UUID key) throws ApiException {
        return Theatre.checkOut(
                shop(), cart, key, Theatre.request(PaymentMethod.CARD).buyer(Theatre.buyer(email)));
    }

    private String whsec() {
        return "whsec_" + Base64.getEncoder().encodeToString(SandboxWebhooks.secret(provider.bean(Secrets.class)));
    }

    private AbendkasseClient shop() {
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

    private void holdUp(Step step) {
        Theatre.execute(database.client(), """
                create or replace function hold_up() returns trigger language plpgsql as $$
                begin
                    if tg_op = 'INSERT' or (%s) then
                        perform pg_sleep(25);
                    end if;
                    return new;
                end
                $$
                """.formatted(step.event.equals("insert") ? "true" : step.condition));
        Theatre.execute(
                database.client(),
                "create trigger hold_up before " + step.event + " on " + step.table
                        + " for each row execute function hold_up()");
    }

    private void awaitHeldUp() {
        Awaitility.await("the server at its step")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> count(
                                database,
                                "select count(*) from pg_stat_activity where datname = current_database() and wait_event ="
                                        + " 'PgSleep'")
                        > 0);
    }

    /** The database learns of its client's death only when it next speaks to it. */
    private void release(Step step) {
        Theatre.execute(
                database.client(),
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event ="
                        + " 'PgSleep'");
        Theatre.execute(database.client(), "drop trigger hold_up on " + step.table);
    }

    private void assertAllIsWell(int purchases) throws MessagingException {
        Awaitility.await("everything that was paid is settled and everybody told")
                .atMost(PATIENCE)
                .until(() -> count(books, "select count(*) from sandbox_payment where state = 'SUCCEEDED'") >= purchases
                        && count(
                                        database,
                                        "select count(*) from outbox_message where state = 'WAITING' and kind <>"
                                                + " 'PAYMENT_CANCEL'")
                                == 0
                        && unsettled() == 0);
        assertThat(count(database, "select count(*) from orders where state = 'CONFIRMED'"))
                .isEqualTo(purchases);
        assertThat(count(database, "select count(*) from outbox_message where state = 'DEAD'"))
                .isZero();
        assertThat(count(database, "select count(*) from orders where balance_of(order_id) <> total"))
                .isZero();
        assertEachConfirmedBuyerWasWrittenToUnderOneId();
    }

    private long unsettled() {
        var paid = books.client()
                .sql("select payment_id from sandbox_payment where state = 'SUCCEEDED'")
                .mapValue(UUID.class)
                .all()
                .collectList()
                .block();
        return paid.stream()
                .filter(payment -> count(database, """
                                select count(*) from payment join orders using (order_id)
                                 where payment_id = '%s'
                                   and (orders.state = 'CONFIRMED' and balance_of(order_id) = total
                                        or (select count(*) from refund where refund.payment_id = payment.payment_id) = 1)
                                """.formatted(payment)) != 1)
                .count();
    }

    private void assertEachConfirmedBuyerWasWrittenToUnderOneId() throws MessagingException {
        var messages = List.of(mails.getReceivedMessages());
        var buyers = database.client()
                .sql("select buyer ->> 'email' from orders where state = 'CONFIRMED'")
                .mapValue(String.class)
                .all()
                .collectList()
                .block();
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

    private static long count(TestDatabase database, String query) {
        return database.client().sql(query).mapValue(Long.class).one().block();
    }
}

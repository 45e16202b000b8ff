package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import dev.abendkasse.server.testing.Theatre;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** A server that was stopped goes on where it was: everything that was answered is in the database. */
class RestartTests {

    @Test
    void p4AnswersSecretsAndKeysOutliveARestart() throws Exception {
        var database = TestDatabase.fresh();
        var key = UUID.randomUUID();
        var cartKey = UUID.randomUUID();
        var request = Theatre.request(PaymentMethod.PAY_LATER);
        var before = Theatre.open(database, 10, Map.of());
        var creation = new CartCreation().items(before.seats("r1-1"));
        var cart = before.shop().carts().createCart(creation, cartKey);
        var outcome = (Outcome.Reserved) Theatre.checkOut(before.shop(), cart, key, request);
        before.close();

        try (var after = before.replica(Map.of())) {
            assertThat(after.shop().carts().createCart(creation, cartKey)).isEqualTo(cart);
            assertThat(Theatre.checkOut(after.shop(), cart, key, request)).isEqualTo(outcome);
            assertThat(after.shop()
                            .withOrderToken(outcome.orderToken())
                            .orders()
                            .getOrder(outcome.order().getOrderId()))
                    .isEqualTo(outcome.order());
        }
    }

    @Test
    void p11ReplicasThatStartAtOnceOnAnEmptyDatabaseMakeItsTablesOnce() throws Exception {
        var database = TestDatabase.empty();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts = threads.invokeAll(
                    Collections.<Callable<TestServer>>nCopies(2, () -> TestServer.migrating(database)));
            for (var start : starts) {
                try (var server = start.get()) {
                    server.http()
                            .get()
                            .uri("/v1/events")
                            .exchange()
                            .expectStatus()
                            .isOk();
                }
            }
        }
    }

    @Test
    void p4CheckoutThatWasCutOffBeforeTheProviderWasAskedIsFinishedByItsRepetition() throws Exception {
        var database = TestDatabase.fresh();
        var key = UUID.randomUUID();
        var request = Theatre.request(PaymentMethod.CARD);
        try (var theatre = Theatre.open(database, 10, Map.of())) {
            var cart = theatre.hold(theatre.seats("r1-1"));
            var first = (Outcome.PaymentRequired) Theatre.checkOut(theatre.shop(), cart, key, request);
            // As a crash between the commit and the provider's answer would have left it.
            Theatre.execute(
                    theatre.db(), "update payment set state = 'CREATED', url = null, provider_reference = null");
            Theatre.execute(theatre.db(), """
                    update idempotency_key set locked_until = clock_timestamp() - interval '1 second',
                                               result = jsonb_build_object('resume', result -> 'paymentId')
                     where result ? 'paymentId'
                    """);

            var again = (Outcome.PaymentRequired) Theatre.checkOut(theatre.shop(), cart, key, request);

            assertThat(again).isEqualTo(first);
            PayPage.of(again.payment()).pay();
            PayPage.await(
                    () -> theatre.shop()
                            .withOrderToken(again.orderToken())
                            .orders()
                            .getOrder(again.orderId()),
                    order -> order.getState() == OrderState.CONFIRMED);
        }
    }
}

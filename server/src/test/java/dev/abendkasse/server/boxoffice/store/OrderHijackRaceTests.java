package dev.abendkasse.server.boxoffice.store;

import static dev.abendkasse.server.boxoffice.store.Desk.of;
import static dev.abendkasse.server.boxoffice.store.Desk.refusal;
import static dev.abendkasse.server.boxoffice.walk.Clerk.CLERK;
import static dev.abendkasse.server.boxoffice.walk.Clerk.COLLEAGUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.boxoffice.walk.Clerk;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Scale;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A clerk who takes a reservation over, its end, its buyer and another clerk at the same time, with somebody who wants its seat. */
class OrderHijackRaceTests {

    private static final int ROUNDS = Scale.of(500);
    private static final Desk DESK = Desk.open();

    private UUID order;
    private UUID hijack;
    private long version;

    @BeforeEach
    void openAnotherHall() {
        DESK.nextEvening();
    }

    @Test
    void h1AndP2HijackOfAnOrderAgainstItsEndHasOneWinnerAndTheSeatOneHolder() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            reserveAndWarn();
            endWithin(20);

            var answers = race(
                    () -> confirm(CLERK, hijack),
                    () -> DESK.ask("expire_orders", of("caseNumbers", List.of("7" + Desk.freshCode() + "004"))),
                    this::grab);

            assertThat(answers.getFirst()).isIn("done", "ALREADY_DECIDED");
            if (answers.getFirst().equals("done")) {
                assertThat(answers.getLast()).isEqualTo("SEATS_TAKEN");
                assertThat(DESK.stateOf(order)).isEqualTo("AT_BOX_OFFICE");
                assertThat(DESK.heldBy(order)).isOne();
            } else {
                assertThat(DESK.stateOf(order)).isNotEqualTo("AT_BOX_OFFICE");
                assertThat(DESK.heldBy(order)).isZero();
            }
            DESK.nextEvening();
        }
    }

    @Test
    void h1AndP3HijackOfAnOrderAgainstItsCancellationHasOneWinner() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            reserveAndWarn();

            var answers = race(() -> confirm(CLERK, hijack), () -> DESK.ask("cancel_order", named()), this::grab);

            assertThat(answers.subList(0, 2))
                    .isIn(List.of("done", "ORDER_STATE_CONFLICT"), List.of("ALREADY_DECIDED", "done"));
            if (answers.getFirst().equals("done")) {
                assertThat(answers.getLast()).isEqualTo("SEATS_TAKEN");
                assertThat(DESK.heldBy(order)).isOne();
            }
            DESK.nextEvening();
        }
    }

    @Test
    void h1AndP1HijackOfAnOrderAgainstItsReleaseHasOneWinnerAndTheSeatIsNeverFree() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            reserveAndWarn();
            var cart = UUID.randomUUID();
            var release = named();
            release.put("cartId", cart);
            release.put("cartTokenHash", Desk.TOKEN_HASH);
            release.put("pickupCode", Desk.freshCode());

            var answers = race(() -> confirm(CLERK, hijack), () -> DESK.ask("release_order", release), this::grab);

            assertThat(answers)
                    .isIn(
                            List.of("done", "ORDER_STATE_CONFLICT", "SEATS_TAKEN"),
                            List.of("ALREADY_DECIDED", "done", "SEATS_TAKEN"));
            assertThat(DESK.heldBy(order) + DESK.heldBy(cart)).isOne();
            DESK.nextEvening();
        }
    }

    @Test
    void h14OfTwoClerksOneHasTheOrderAndTheOtherIsToldWho() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            reserveAndWarn();
            var theirs = UUID.randomUUID();
            DESK.done(COLLEAGUE, "create_hijack", "hijackId", theirs, "orderId", order);
            version = DESK.versionOf(order);

            var answers = race(() -> confirm(CLERK, hijack), () -> confirm(COLLEAGUE, theirs), this::grab);

            assertThat(answers)
                    .isIn(
                            List.of("done", "HELD_BY_CLERK clerk", "SEATS_TAKEN"),
                            List.of("HELD_BY_CLERK colleague", "done", "SEATS_TAKEN"));
            assertThat(DESK.number("select count(*) from hijack where state = 'ACTIVE' and order_id = '" + order + "'"))
                    .isOne();
            DESK.nextEvening();
        }
    }

    private void reserveAndWarn() {
        order = DESK.order(CLERK, DESK.seats("r1-1"), of("phone", "+49 30 1"));
        assertThat(refusal(DESK.reserve(CLERK, order, 1))).isEqualTo("done");
        hijack = UUID.randomUUID();
        DESK.done(CLERK, "create_hijack", "hijackId", hijack, "orderId", order);
        version = DESK.versionOf(order);
    }

    private JsonNode confirm(Clerk clerk, UUID warning) {
        return DESK.confirm(clerk, warning, version, null);
    }

    private java.util.Map<String, Object> named() {
        return of("orderId", order, "tokenHash", Desk.TOKEN_HASH);
    }

    /** Somebody who would have the seat if it were free for a moment. */
    private JsonNode grab() {
        return DESK.ask(
                "create_cart",
                of(
                        "cartId",
                        UUID.randomUUID(),
                        "tokenHash",
                        Desk.TOKEN_HASH,
                        "pickupCode",
                        Desk.freshCode(),
                        "shopId",
                        "main",
                        "selection",
                        DESK.seats("r1-1")));
    }

    /** Within the time that a command takes. */
    private void endWithin(int milliseconds) {
        var end = "clock_timestamp() + interval '%d milliseconds'"
                .formatted(ThreadLocalRandom.current().nextInt(milliseconds));
        DESK.run("with ended as (update orders set held_until = %s where order_id = '%s' returning *)"
                        .formatted(end, order)
                + " update place set held_until = ended.held_until from ended where holder = order_id");
    }

    private static List<String> race(Supplier<JsonNode> first, Supplier<JsonNode> second, Supplier<JsonNode> third)
            throws Exception {
        var answers =
                List.of(new AtomicReference<String>(), new AtomicReference<String>(), new AtomicReference<String>());
        AtOnce.run(
                () -> answers.get(0).set(told(first.get())),
                () -> answers.get(1).set(told(second.get())),
                () -> answers.get(2).set(told(third.get())));
        return answers.stream().map(AtomicReference::get).toList();
    }

    private static String told(JsonNode answer) {
        return (refusal(answer) + " " + answer.path("clerk").asString("")).strip();
    }
}

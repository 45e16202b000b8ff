package dev.abendkasse.server.boxoffice.store;

import static dev.abendkasse.server.boxoffice.store.Desk.euros;
import static dev.abendkasse.server.boxoffice.store.Desk.of;
import static dev.abendkasse.server.boxoffice.store.Desk.refusal;
import static dev.abendkasse.server.boxoffice.walk.Clerk.ANNA;
import static dev.abendkasse.server.boxoffice.walk.Clerk.BERTA;
import static dev.abendkasse.server.boxoffice.walk.Clerk.CARL;
import static dev.abendkasse.server.boxoffice.walk.Clerk.DORA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.boxoffice.walk.Clerk;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who may work on a clerk's order, and when. */
class DeskLeaseTests {

    private static final Desk DESK = Desk.open();

    @BeforeEach
    void openAnotherHall() {
        DESK.nextEvening();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add_desk_items",
                "remove_desk_item",
                "change_desk_item",
                "set_desk_buyer",
                "set_desk_note",
                "reserve_at_desk",
                "send_payment_link",
                "take_payment",
                "hand_back",
                "cancel_at_desk",
                "open_desk_case",
                "renew_lease"
            })
    void h9OnlyWhoeverHasTheOrderWorksOnItAndOnlyWhileItIsAtTheBoxOffice(String function) {
        var order = DESK.order(ANNA, DESK.seats("r1-1"), null);

        assertThat(refusal(ask(CARL, function, order, 1))).isEqualTo("LEASE_LOST");
        assertThat(ask(CARL, function, order, 1).get("clerk").asString()).isEqualTo("anna");
        assertThat(refusal(ask(ANNA, function, order, 2)))
                .as("a fence of nobody's")
                .isEqualTo("LEASE_LOST");
        assertThat(refusal(ask(DORA, function, order, 1)))
                .as("not the partner's")
                .isEqualTo("ORDER_NOT_FOUND");
        assertThat(refusal(ask(ANNA, function, UUID.randomUUID(), 1))).isEqualTo("ORDER_NOT_FOUND");
        DESK.done(BERTA, "take_over_order", "orderId", order, "reason", "is away");
        assertThat(refusal(ask(ANNA, function, order, 1))).as("taken over").isEqualTo("LEASE_LOST");
        DESK.run("update desk set lease_until = null where order_id = '" + order + "'");
        assertThat(refusal(ask(BERTA, function, order, 2))).as("nobody's").isEqualTo("LEASE_LOST");
        DESK.run("update orders set state = 'CANCELLED', held_until = null where order_id = '" + order + "'");
        assertThat(refusal(ask(BERTA, function, order, 2))).isEqualTo("ORDER_STATE_CONFLICT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add_desk_items",
                "remove_desk_item",
                "change_desk_item",
                "reserve_at_desk",
                "send_payment_link",
                "take_payment",
                "hand_back",
                "cancel_at_desk",
                "open_desk_case"
            })
    void h2WhatTheProviderIsWorkingOnIsNotChanged(String function) {
        var order = DESK.order(ANNA, DESK.seats("r1-1"), of("phone", "+49 30 1"));
        DESK.process(order);

        var answer = ask(ANNA, function, order, 1);

        assertThat(refusal(answer)).isEqualTo("PAYMENT_IN_PROGRESS");
        assertThat(DESK.stateOf(order)).isEqualTo("AT_BOX_OFFICE");
    }

    @Test
    void p8RepeatedCommandIsAnsweredAgainAndNotDoneAgain() {
        var order = DESK.order(ANNA, DESK.seats("r1-1"), null);
        var command = of(
                "actor",
                ANNA.actor(),
                "orderId",
                order,
                "fence",
                1,
                "defaultLimit",
                50_000,
                "selection",
                DESK.best("ga", 1),
                "repeat",
                Desk.key());

        var first = DESK.ask("add_desk_items", command);

        assertThat(DESK.ask("add_desk_items", command)).isEqualTo(first);
        assertThat(DESK.heldBy(order)).isEqualTo(2);
        command.put("repeat", of("scope", "test", "key", keyOf(command), "requestHash", "01"));
        assertThat(refusal(DESK.ask("add_desk_items", command))).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    private static UUID keyOf(Map<String, Object> command) {
        return ((Idempotency) command.get("repeat")).key();
    }

    /** A command that has everything that any of them needs. */
    private static JsonNode ask(Clerk clerk, String function, UUID order, int fence) {
        return DESK.ask(
                clerk,
                function,
                "orderId",
                order,
                "fence",
                fence,
                "defaultLimit",
                50_000,
                "itemId",
                UUID.randomUUID(),
                "selection",
                DESK.best("a", 1),
                "priceType",
                "full",
                "buyer",
                of("name", "Example Buyer"),
                "note",
                "",
                "linkId",
                UUID.randomUUID(),
                "tokenHash",
                "ab",
                "delivery",
                "PRINT",
                "by",
                clerk.name(),
                "counterPaymentId",
                UUID.randomUUID(),
                "method",
                "CASH",
                "amount",
                euros(5_000),
                "pickupCode",
                Desk.freshCode(),
                "seconds",
                60);
    }
}

package dev.abendkasse.server.boxoffice.store;

import static dev.abendkasse.server.boxoffice.store.Desk.euros;
import static dev.abendkasse.server.boxoffice.store.Desk.of;
import static dev.abendkasse.server.boxoffice.store.Desk.refusal;
import static dev.abendkasse.server.boxoffice.walk.Clerk.CLERK;
import static dev.abendkasse.server.boxoffice.walk.Clerk.COLLEAGUE;
import static dev.abendkasse.server.boxoffice.walk.Clerk.PARTNER;
import static dev.abendkasse.server.boxoffice.walk.Clerk.SUPERVISOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.boxoffice.walk.Clerk;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What clerks do with their orders, command by command: what it comes to, and why not. */
class DeskCommandTests {

    private static final Desk DESK = Desk.open();

    @BeforeEach
    void openAnotherHall() {
        DESK.nextEvening();
    }

    @Test
    void newOrderHoldsItsSeatsForItsClerk() {
        var order = UUID.randomUUID();

        var made = DESK.done(
                        CLERK,
                        "create_desk_order",
                        "orderId",
                        order,
                        "orderTokenHash",
                        "aa",
                        "shopId",
                        "main",
                        "selection",
                        DESK.seats("r1-1", "r1-2"),
                        "note",
                        "calls back")
                .get("order");

        assertThat(made.get("state").asString()).isEqualTo("AT_BOX_OFFICE");
        assertThat(made.get("owed").get("amount").asLong()).isEqualTo(10_000);
        assertThat(made.get("note").asString()).isEqualTo("calls back");
        assertThat(made.get("lease").get("clerk").asString()).isEqualTo("clerk");
        assertThat(DESK.heldBy(order)).isEqualTo(2);
    }

    @Test
    void newOrderIsRefused() {
        assertThat(create(CLERK, "nowhere", DESK.best("a", 1))).isEqualTo("SHOP_NOT_FOUND");
        assertThat(create(CLERK, "main", DESK.best("a", 51))).isEqualTo("CART_FULL");
        assertThat(create(CLERK, "main", DESK.best("none", 1))).isEqualTo("UNKNOWN_CATEGORY");
        assertThat(create(CLERK, "main", DESK.seats("none"))).isEqualTo("UNKNOWN_SEAT");
        assertThat(create(CLERK, "main", DESK.best("ga", 5))).isEqualTo("NOT_ENOUGH_SEATS");
        assertThat(create(new Clerk("other/eva", "other", false), "main", DESK.best("a", 1)))
                .as("nothing is allotted to it")
                .isEqualTo("NOT_ON_SALE");
        DESK.order(CLERK, DESK.seats("r1-1"), null);
        assertThat(create(CLERK, "main", DESK.seats("r1-1"))).isEqualTo("SEATS_TAKEN");
    }

    @Test
    void partnerSeesItsOwnOrdersAndNoOthers() {
        var theirs = DESK.order(PARTNER, DESK.best("a", 1), null);
        var ours = DESK.order(CLERK, DESK.best("a", 1), null);

        assertThat(refusal(DESK.ask(PARTNER, "find_desk_order", "orderId", theirs)))
                .isEqualTo("done");
        assertThat(refusal(DESK.ask(CLERK, "find_desk_order", "orderId", theirs)))
                .isEqualTo("done");
        assertThat(refusal(DESK.ask(PARTNER, "find_desk_order", "orderId", ours)))
                .isEqualTo("ORDER_NOT_FOUND");
        assertThat(DESK.done(PARTNER, "desk_drafts", "stale", false, "limit", 100)
                        .get("orders")
                        .valueStream()
                        .map(order -> order.get("orderId").asString()))
                .contains(theirs.toString())
                .doesNotContain(ours.toString());
    }

    @Test
    void draftsAreStaleWhenTheirClerksTimeIsUpAndComeInPages() {
        var first = DESK.order(COLLEAGUE, DESK.best("a", 1), null);
        var second = DESK.order(COLLEAGUE, DESK.best("a", 1), null);
        DESK.run("update desk set lease_until = null where order_id = '" + first + "'");

        assertThat(drafts("stale", true, "limit", 100))
                .contains(first.toString())
                .doesNotContain(second.toString());
        var page = DESK.done(COLLEAGUE, "desk_drafts", "stale", false, "limit", 1)
                .get("orders")
                .get(0);
        assertThat(page.get("orderId").asString()).isEqualTo(second.toString());
        assertThat(drafts(
                        "stale",
                        false,
                        "limit",
                        1,
                        "afterAt",
                        page.get("createdAt").asString(),
                        "afterId",
                        second))
                .isEqualTo("[\"" + first + "\"]");
    }

    @Test
    void itemsAreAddedChangedAndRemoved() {
        var order = DESK.order(CLERK, DESK.seats("r1-1"), null);

        assertThat(owed(work(order, "add_desk_items", "selection", DESK.best("ga", 2))))
                .isEqualTo(15_000);
        assertThat(owed(work(order, "change_desk_item", "itemId", DESK.itemOf(order), "priceType", "reduced")))
                .isEqualTo(13_000);
        assertThat(owed(work(order, "remove_desk_item", "itemId", DESK.itemOf(order))))
                .isEqualTo(10_000);
        assertThat(DESK.heldBy(order)).isEqualTo(2);
        assertThat(create(COLLEAGUE, "main", DESK.seats("r1-1")))
                .as("the seat is free at once")
                .isEqualTo("done");
    }

    @Test
    void itemsAreRefused() {
        var order = DESK.order(CLERK, DESK.seats("r1-1"), null);

        assertThat(refusal(work(order, "add_desk_items", "selection", DESK.seats("r1-1"))))
                .isEqualTo("SEATS_TAKEN");
        assertThat(refusal(work(order, "add_desk_items", "selection", DESK.best("a", 50))))
                .isEqualTo("CART_FULL");
        assertThat(refusal(work(order, "change_desk_item", "itemId", UUID.randomUUID(), "priceType", "full")))
                .isEqualTo("ITEM_NOT_FOUND");
        assertThat(refusal(work(order, "change_desk_item", "itemId", DESK.itemOf(order), "priceType", "none")))
                .isEqualTo("UNKNOWN_PRICE_TYPE");
        assertThat(refusal(work(order, "remove_desk_item", "itemId", UUID.randomUUID())))
                .isEqualTo("ITEM_NOT_FOUND");
    }

    @Test
    void whatIsPaidForIsNeitherTakenOutNorMadeCheaper() {
        var order = DESK.order(CLERK, DESK.seats("r1-1"), null);
        work(order, "take_payment", "counterPaymentId", UUID.randomUUID(), "method", "CASH", "amount", euros(4_000));

        assertThat(refusal(work(order, "remove_desk_item", "itemId", DESK.itemOf(order))))
                .isEqualTo("HAS_PAYMENTS");
        assertThat(refusal(work(order, "change_desk_item", "itemId", DESK.itemOf(order), "priceType", "reduced")))
                .isEqualTo("HAS_PAYMENTS");
        assertThat(DESK.number("select total from orders where order_id = '" + order + "'"))
                .isEqualTo(5_000);
    }

    @Test
    void c4IncreaseOfWhatCountsIsCheckedAgainAndUndoneWhenItPassesTheLimit() {
        var customer = DESK.customer();
        var order = DESK.hijackedCart(CLERK, customer, DESK.seats("r1-1"));
        work(order, "set_desk_buyer", "buyer", of("phone", "+49 30 1"));
        assertThat(refusal(DESK.ask(CLERK, "reserve_at_desk", "orderId", order, "fence", 1, "defaultLimit", 6_000)))
                .isEqualTo("done");
        DESK.hijack(CLERK, order);

        assertThat(refusal(DESK.ask(
                        CLERK,
                        "add_desk_items",
                        "orderId",
                        order,
                        "fence",
                        2,
                        "selection",
                        DESK.best("a", 1),
                        "defaultLimit",
                        9_999)))
                .isEqualTo("OVER_LIMIT");
        assertThat(DESK.heldBy(order)).isOne();
        assertThat(exposure(customer)).isEqualTo(5_000);

        assertThat(refusal(DESK.ask(
                        CLERK,
                        "add_desk_items",
                        "orderId",
                        order,
                        "fence",
                        2,
                        "selection",
                        DESK.best("a", 1),
                        "defaultLimit",
                        10_000)))
                .isEqualTo("done");
        assertThat(exposure(customer)).isEqualTo(10_000);
    }

    @Test
    void buyerAndNoteAreChanged() {
        var order = DESK.order(CLERK, DESK.seats("r1-1"), null);

        assertThat(work(order, "set_desk_buyer", "buyer", of("name", "Example Buyer"))
                        .get("order")
                        .get("buyer")
                        .get("name")
                        .asString())
                .isEqualTo("Example Buyer");
        assertThat(work(order, "set_desk_note", "note", "wheelchair")
                        .get("order")
                        .get("note")
                        .asString())
                .isEqualTo("wheelchair");
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
        var order = DESK.order(CLERK, DESK.seats("r1-1"), null);

        assertThat(refusal(ask(COLLEAGUE, function, order, 1))).isEqualTo("LEASE_LOST");
        assertThat(ask(COLLEAGUE, function, order, 1).get("clerk").asString()).isEqualTo("clerk");
        assertThat(refusal(ask(CLERK, function, order, 2)))
                .as("a fence of nobody's")
                .isEqualTo("LEASE_LOST");
        assertThat(refusal(ask(PARTNER, function, order, 1)))
                .as("not the partner's")
                .isEqualTo("ORDER_NOT_FOUND");
        assertThat(refusal(ask(CLERK, function, UUID.randomUUID(), 1))).isEqualTo("ORDER_NOT_FOUND");
        DESK.done(SUPERVISOR, "take_over_order", "orderId", order, "reason", "is away");
        assertThat(refusal(ask(CLERK, function, order, 1))).as("taken over").isEqualTo("LEASE_LOST");
        DESK.run("update desk set lease_until = null where order_id = '" + order + "'");
        assertThat(refusal(ask(SUPERVISOR, function, order, 2))).as("nobody's").isEqualTo("LEASE_LOST");
        DESK.run("update orders set state = 'CANCELLED', held_until = null where order_id = '" + order + "'");
        assertThat(refusal(ask(SUPERVISOR, function, order, 2))).isEqualTo("ORDER_STATE_CONFLICT");
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
        var order = DESK.order(CLERK, DESK.seats("r1-1"), of("phone", "+49 30 1"));
        DESK.process(order);

        var answer = ask(CLERK, function, order, 1);

        assertThat(refusal(answer)).isEqualTo("PAYMENT_IN_PROGRESS");
        assertThat(DESK.stateOf(order)).isEqualTo("AT_BOX_OFFICE");
    }

    @Test
    void p8RepeatedCommandIsAnsweredAgainAndNotDoneAgain() {
        var order = DESK.order(CLERK, DESK.seats("r1-1"), null);
        var command = of(
                "actor",
                CLERK.actor(),
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
        return ((dev.abendkasse.server.shared.Idempotency) command.get("repeat")).key();
    }

    private static String create(Clerk clerk, String shop, Map<String, Object> selection) {
        return refusal(DESK.ask(
                clerk,
                "create_desk_order",
                "orderId",
                UUID.randomUUID(),
                "orderTokenHash",
                "aa",
                "shopId",
                shop,
                "selection",
                selection));
    }

    /** clerk's command on her own order. */
    private static JsonNode work(UUID order, String function, Object... more) {
        var command = of(more);
        command.putAll(of("actor", CLERK.actor(), "orderId", order, "fence", 1, "defaultLimit", 50_000));
        return DESK.ask(function, command);
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

    private static String drafts(Object... members) {
        var orders = DESK.done(COLLEAGUE, "desk_drafts", members).get("orders");
        return orders.valueStream()
                .map(order -> order.get("orderId").toString())
                .toList()
                .toString();
    }

    private static long owed(JsonNode answer) {
        return answer.get("order").get("owed").get("amount").asLong();
    }

    private static long exposure(UUID customer) {
        return DESK.number("select exposure from credit_account where customer_id = '" + customer + "'");
    }
}

package dev.abendkasse.server.boxoffice.store;

import static dev.abendkasse.server.boxoffice.store.Desk.of;
import static dev.abendkasse.server.boxoffice.store.Desk.refusal;
import static dev.abendkasse.server.boxoffice.walk.Clerk.CLERK;
import static dev.abendkasse.server.boxoffice.walk.Clerk.PARTNER;
import static dev.abendkasse.server.boxoffice.walk.Clerk.SUPERVISOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.boxoffice.walk.Clerk;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a partner reaches, and that it cannot tell a blocked person's purchase from another one. */
class PartnerSightTests {

    private static final Desk DESK = Desk.open();

    @BeforeEach
    void openAnotherHall() {
        DESK.nextEvening();
    }

    @AfterEach
    void allotEverythingAgain() {
        DESK.run("update api_client set allotted_all = true");
        DESK.run("delete from api_client_allotment");
    }

    @Test
    void cartThatTheCustomerAddsToBeyondTheAllotmentIsOutOfReachAndItsContentUnseen() {
        var first = DESK.evening();
        DESK.run("update api_client set allotted_all = false");
        DESK.run("insert into api_client_allotment (client_id, performance_id) values ('agency', '" + first + "')");
        var cart = DESK.cart(null, DESK.best("a", 1));
        var hijack = warned(cart);
        DESK.nextEvening();
        DESK.ask("add_items", of("cartId", cart, "tokenHash", Desk.TOKEN_HASH, "selection", DESK.best("a", 1)));

        assertThat(refusal(DESK.confirm(PARTNER, hijack, 1, null))).isEqualTo("CART_NOT_FOUND");
        assertThat(refusal(DESK.confirm(PARTNER, hijack, 2, null))).isEqualTo("CART_NOT_FOUND");
        assertThat(find(hijack).has("cart")).isFalse();
        assertThat(DESK.heldBy(cart)).isEqualTo(2);
    }

    @Test
    void b7CartOfABlockedPersonIsClosedForEverybodyWhenAPartnerAsksForIt() {
        var innocent = DESK.cart(null, DESK.seats("r1-1"));
        var code = DESK.codeOf(innocent);
        DESK.letTimePass(innocent);
        var blocked = cartOfSomebodyBlocked("r1-2");

        var ofInnocent = DESK.ask(PARTNER, "create_hijack", "hijackId", UUID.randomUUID(), "pickupCode", code);
        var ofBlocked =
                DESK.ask(PARTNER, "create_hijack", "hijackId", UUID.randomUUID(), "pickupCode", DESK.codeOf(blocked));

        assertThat(ofBlocked).isEqualTo(ofInnocent);
        assertThat(refusal(ofBlocked)).isEqualTo("CART_CLOSED");
        assertThat(seenBySomebodyElse(blocked)).isEqualTo(seenBySomebodyElse(innocent));
        assertThat(refusal(DESK.ask("create_cart", cartWith(DESK.seats("r1-1", "r1-2")))))
                .as("both seats are free")
                .isEqualTo("done");
    }

    @Test
    void b7BlockedAddressThatIsTypedAfterTheWarningClosesTheCartForEverybody() {
        var cart = DESK.cart(null, DESK.seats("r1-1"));
        var hijack = warned(cart);
        DESK.run("insert into blacklist_entry (match_key, email, reason, created_by)"
                + " values ('\\x0c0c', 'buyer@example.org', 'touts', 'supervisor')");
        DESK.ask(
                "set_buyer",
                of(
                        "cartId",
                        cart,
                        "tokenHash",
                        Desk.TOKEN_HASH,
                        "buyer",
                        of("name", "Example Buyer", "email", "buyer@example.org"),
                        "matchKey",
                        "0c0c"));

        assertThat(refusal(DESK.confirm(PARTNER, hijack, 2, null))).isEqualTo("CART_CLOSED");

        assertThat(find(hijack).get("cart").get("state").asString()).isEqualTo("CLOSED");
        assertThat(find(hijack).get("cart").get("items")).isEmpty();
        assertThat(seenBySomebodyElse(cart)).isEqualTo("CLOSED []");
        assertThat(DESK.heldBy(cart)).isZero();
    }

    @Test
    void b7OrdersThatAPartnerHasSoldAreTakenOverAndHadBackWhoeverTheyAreFor() {
        for (var blocked : List.of(false, true)) {
            var order = DESK.order(PARTNER, DESK.best("a", 1), null);
            var key = UUID.randomUUID().toString().replace("-", "");
            DESK.done(
                    PARTNER,
                    "set_desk_buyer",
                    "orderId",
                    order,
                    "fence",
                    1,
                    "buyer",
                    of("email", "a@example.org"),
                    "matchKey",
                    key);
            assertThat(refusal(DESK.reserve(PARTNER, order, 1))).isEqualTo("done");
            if (blocked) {
                DESK.run("insert into blacklist_entry (match_key, email, reason, created_by) values ('\\x" + key
                        + "', 'a@example.org', 'touts', 'supervisor')");
            }

            DESK.hijack(PARTNER, order);
            assertThat(refusal(DESK.handBack(PARTNER, order, 2))).isEqualTo("done");
            DESK.letTimePass(order);
            assertThat(refusal(DESK.ask(PARTNER, "recover_order", "orderId", order, "caseNumber", "1")))
                    .isEqualTo("done");
        }
    }

    @Test
    void h9ColleaguesAtAProgramOfOnesOwnDoNotTakeOrdersOver() {
        var order = DESK.order(CLERK, DESK.best("a", 1), null);
        DESK.run("update desk set clerk = 'till/anna', client_id = 'till' where order_id = '" + order + "'");

        assertThat(refusal(takeOver("till/eva", false, order))).isEqualTo("HELD_BY_CLERK");
        assertThat(refusal(takeOver("till/eva", true, order))).isEqualTo("done");
    }

    @Test
    void noteOfOwnStaffIsNotReadByThePartnerWhoseOrderTheyHaveHad() {
        var order = DESK.order(PARTNER, DESK.best("a", 1), of("phone", "+49 30 1"));
        DESK.done(PARTNER, "set_desk_note", "orderId", order, "fence", 1, "note", "wheelchair");
        assertThat(noteFor(PARTNER, order)).isEqualTo("wheelchair");
        DESK.done(SUPERVISOR, "take_over_order", "orderId", order, "reason", "is away");
        assertThat(noteFor(SUPERVISOR, order)).isEqualTo("wheelchair");

        DESK.done(SUPERVISOR, "set_desk_note", "orderId", order, "fence", 2, "note", "ask the house manager");

        assertThat(noteFor(PARTNER, order)).isEmpty();
        assertThat(noteFor(CLERK, order)).isEqualTo("ask the house manager");
        DESK.done(SUPERVISOR, "reserve_at_desk", "orderId", order, "fence", 2, "defaultLimit", 50_000);
        DESK.hijack(PARTNER, order);
        assertThat(noteFor(PARTNER, order)).isEmpty();
    }

    private static UUID warned(UUID cart) {
        var hijack = UUID.randomUUID();
        DESK.done(PARTNER, "create_hijack", "hijackId", hijack, "pickupCode", DESK.codeOf(cart));
        return hijack;
    }

    private static JsonNode find(UUID hijack) {
        return DESK.done(PARTNER, "find_hijack", "hijackId", hijack).get("hijack");
    }

    private static UUID cartOfSomebodyBlocked(String seat) {
        var customer = DESK.customer();
        DESK.block(customer);
        return DESK.cart(customer, DESK.seats(seat));
    }

    private static String seenBySomebodyElse(UUID cart) {
        return DESK.text(
                "select concat_ws(' ', view ->> 'state', view -> 'items') from cart_view('" + cart + "') view");
    }

    private static Map<String, Object> cartWith(Map<String, Object> selection) {
        return of(
                "cartId",
                UUID.randomUUID(),
                "tokenHash",
                Desk.TOKEN_HASH,
                "pickupCode",
                Desk.freshCode(),
                "shopId",
                "main",
                "selection",
                selection);
    }

    /** Of the organiser's own program "till". */
    private static JsonNode takeOver(String clerk, boolean supervisor, UUID order) {
        var actor = of("name", clerk, "client", "till", "partner", false, "supervisor", supervisor);
        return DESK.ask("take_over_order", of("actor", actor, "orderId", order, "reason", "is away"));
    }

    private static String noteFor(Clerk clerk, UUID order) {
        return DESK.done(clerk, "find_desk_order", "orderId", order)
                .get("order")
                .path("note")
                .asString("");
    }
}

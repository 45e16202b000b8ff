package dev.abendkasse.server.incidents;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.OrderState;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.AtOnce;
import dev.abendkasse.server.testing.Theatre;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One incident for an outage, until when its orders are held, and how much of one buyer waits for its end. */
class IncidentTests {

    private static final long HOUR = 3600;
    private static final long A_MOMENT = 120;

    private static Outage outage;
    private static Theatre theatre;

    @BeforeAll
    static void openTheTheatre() {
        outage = new Outage(Map.of("abendkasse.checkout.technical-seats", "3"));
        theatre = outage.theatre();
    }

    @AfterAll
    static void closeTheTheatre() {
        outage.close();
    }

    @BeforeEach
    void afterTheLastOne() {
        outage.forget();
    }

    @Test
    void c11CasesThatReplicasOpenAtTheSameMomentAreOfOneIncident() throws Exception {
        try (var replica = outage.replica()) {
            var reviews = new ConcurrentLinkedQueue<Outcome.UnderReview>();
            var steps = new AtOnce.Step[10];
            for (int i = 0; i < steps.length; i++) {
                var cart = theatre.hold(theatre.best("ga", 1));
                var shop = i % 2 == 0 ? theatre.shop() : replica.shop();
                steps[i] = () -> reviews.add((Outcome.UnderReview)
                        Theatre.checkOut(shop, cart, UUID.randomUUID(), Theatre.request(PaymentMethod.CARD)));
            }

            AtOnce.run(steps);

            assertThat(reviews.stream().map(outage::incidentOf).distinct()).hasSize(1);
            assertThat(theatre.count("select count(*) from incident where back_at is null"))
                    .isOne();
        }
    }

    @Test
    void c11OutageThatComesBackSoonIsTheSameIncidentAndALaterOneAnother() throws ApiException {
        var first = outage.review();
        outage.back();
        outage.look();

        outage.down();
        var soon = outage.review();
        outage.back();
        outage.look();
        Theatre.execute(
                theatre.db(),
                "update incident set back_at = back_at - interval '16 minutes' where incident_id = '"
                        + outage.incidentOf(soon) + "'");
        outage.down();
        var later = outage.review();

        assertThat(outage.incidentOf(soon)).isEqualTo(outage.incidentOf(first));
        assertThat(outage.incidentOf(later)).isNotEqualTo(outage.incidentOf(first));
    }

    @Test
    void c11RelapseThatReplicasMeetAtTheSameMomentReopensOneIncident() throws Exception {
        try (var replica = outage.replica()) {
            var first = outage.review();
            outage.back();
            outage.look();
            outage.down();
            var steps = new AtOnce.Step[8];
            for (int i = 0; i < steps.length; i++) {
                var cart = theatre.hold(theatre.best("ga", 1));
                var shop = i % 2 == 0 ? theatre.shop() : replica.shop();
                steps[i] = () -> Theatre.checkOut(shop, cart, UUID.randomUUID(), Theatre.request(PaymentMethod.CARD));
            }

            AtOnce.run(steps);

            assertThat(theatre.count(
                            "select count(*) from case_file where incident_id = '" + outage.incidentOf(first) + "'"))
                    .isEqualTo(9);
        }
    }

    @Test
    void c9SeatsAreHeldForADayForTwoHoursOnceTheProviderIsBackAndForTheDayAgainWhenItIsNot() throws ApiException {
        var review = outage.review();
        outage.look();
        assertThat(outage.held(review)).isBetween(24 * HOUR - A_MOMENT, 24 * HOUR);

        outage.back();
        outage.look();
        assertThat(outage.held(review)).isBetween(2 * HOUR - A_MOMENT, 2 * HOUR);
        outage.look();
        assertThat(outage.held(review)).isBetween(2 * HOUR - A_MOMENT, 2 * HOUR);
        var deadline = theatre.count("select extract(epoch from deadline)::bigint from case_file where case_number = '"
                + review.caseNumber() + "'");

        outage.down();
        outage.review();
        outage.look();
        assertThat(outage.held(review)).isBetween(24 * HOUR - A_MOMENT, 24 * HOUR);
        assertThat(theatre.count("select extract(epoch from held_until)::bigint from orders where order_id = '"
                        + review.orderId() + "'"))
                .as("what its case was given at first")
                .isEqualTo(deadline);
    }

    @Test
    void c9NobodyIsHeldBeyondTheLastCallNorLosesTheLastQuarterOfAnHour() throws ApiException {
        var hall = theatre.anotherHall(10);
        hall.startsIn("3 hours");
        var review = (Outcome.UnderReview) hall.checkOut(hall.hold(hall.best("a", 1)), PaymentMethod.CARD);
        assertThat(outage.held(review)).isBetween(2 * HOUR - A_MOMENT, 2 * HOUR);

        outage.back();
        outage.look();
        assertThat(outage.held(review)).isBetween(2 * HOUR - A_MOMENT, 2 * HOUR);

        Theatre.execute(
                theatre.db(),
                "update incident set back_at = back_at - interval '5 hours' where incident_id = '"
                        + outage.incidentOf(review) + "'");
        outage.look();
        assertThat(outage.held(review)).isBetween(900 - A_MOMENT, 900L);
        outage.look();
        assertThat(outage.held(review)).isBetween(900 - A_MOMENT, 900L);
    }

    @Test
    void providerThatDoesNotLetUsInIsNotBackAndOneThatStillTurnsPeopleAwayNeither() throws ApiException {
        var incident = outage.incidentOf(outage.review());

        outage.answer(401);
        outage.look();
        assertThat(isBack(incident)).isFalse();

        outage.back();
        setSteady(3600);
        outage.look();
        assertThat(isBack(incident)).isFalse();

        setSteady(0);
        outage.look();
        assertThat(isBack(incident)).isTrue();
    }

    @Test
    void refusalOfOnePaymentIsNoOutageButAKeyThatIsNotLetInIs() throws ApiException {
        outage.answer(422);
        var refused = outage.review();
        assertThat(theatre.count("select count(*) from case_file where incident_id is null and case_number = '"
                        + refused.caseNumber() + "'"))
                .isOne();
        assertThat(theatre.count("select count(*) from incident where back_at is null"))
                .isZero();
        outage.look();
        assertThat(outage.held(refused)).isBetween(24 * HOUR - A_MOMENT, 24 * HOUR);

        outage.answer(401);
        assertThat(outage.incidentOf(outage.review())).isNotNull();
    }

    @Test
    void c11OfParallelOrdersOfOneAddressOneWaitsAndTheOthersAreToldToComeBack() throws Exception {
        var request = Theatre.request(PaymentMethod.CARD);
        var carts = new ConcurrentLinkedQueue<Cart>();
        var steps = new AtOnce.Step[5];
        for (int i = 0; i < steps.length; i++) {
            var cart = theatre.hold(theatre.best("ga", 1));
            carts.add(cart);
            steps[i] = () -> {
                try {
                    Theatre.checkOut(theatre.shop(), cart, UUID.randomUUID(), request);
                } catch (ApiException refused) {
                    assertThat(refused.getCode()).isEqualTo(503);
                }
            };
        }

        AtOnce.run(steps);

        assertThat(theatre.count(
                        "select count(*) from case_file join orders using (order_id) where buyer ->> 'email' = '"
                                + request.getBuyer().getEmail() + "'"))
                .isOne();
        assertThat(carts).allSatisfy(cart -> assertThat(isHeld(cart)).isTrue());
    }

    @Test
    void c11MoreSeatsThanOneBuyerMayHaveHeldStayInTheCart() throws ApiException {
        var first = theatre.hold(theatre.best("ga", 4));
        expect(503, "unavailable", () -> theatre.checkOut(first, PaymentMethod.CARD));
        assertThat(isHeld(first)).as("as an order that can be paid later").isTrue();
        assertThat(theatre.count("select count(*) from case_file join orders using (order_id) where cart_id = '"
                        + first.getCartId() + "'"))
                .isZero();

        var three = (Outcome.UnderReview) theatre.checkOut(theatre.hold(theatre.best("ga", 3)), PaymentMethod.CARD);
        assertThat(outage.buyer(three).orders().getOrder(three.orderId()).getState())
                .isEqualTo(OrderState.UNDER_REVIEW);

        var four = theatre.hold(theatre.best("ga", 4));
        expect(503, "unavailable", () -> theatre.checkOut(four, PaymentMethod.CARD));
        assertThat(theatre.count("select count(*) from orders where cart_id = '" + four.getCartId() + "'"))
                .isZero();
        assertThat(theatre.shop()
                        .withCartToken(four.getCartToken())
                        .carts()
                        .getCart(four.getCartId())
                        .getVersion())
                .isEqualTo(four.getVersion());
        assertThat(List.of(first, four))
                .allSatisfy(cart -> assertThat(isHeld(cart)).isTrue());
    }

    private static boolean isHeld(Cart cart) {
        return theatre.count("""
                select count(*) from place
                 where held_until > clock_timestamp()
                   and (holder = '%1$s' or holder in (select order_id from orders where cart_id = '%1$s'))
                """.formatted(cart.getCartId())) == cart.getItems().size();
    }

    private static boolean isBack(UUID incident) {
        return theatre.count(
                        "select count(*) from incident where back_at is not null and incident_id = '" + incident + "'")
                == 1;
    }

    private static void setSteady(int seconds) {
        Theatre.execute(
                theatre.db(),
                "update setting set value = value || '{\"steadySeconds\": " + seconds + "}' where name = 'incidents'");
    }
}

package dev.abendkasse.server.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Theatre;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is wrong with a request is said to a blocked buyer as to anybody, before anything is decided about them. */
class SameOrderOfChecksTests {

    private static final Veil VEIL = new Veil();

    private static Theatre theatre;
    private static House house;
    private static Person blocked;
    private static Person blockedCustomer;

    @BeforeAll
    static void openTheTheatre() throws Exception {
        theatre = Theatre.open();
        house = House.open(theatre, 100);
        blocked = Person.blockedGuest(theatre);
        blockedCustomer = Person.blockedCustomer(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    /** What is wrong, and what it is answered with. */
    enum Fault {
        NO_JSON(400, (_, request) -> request.saying("{\"paymentMethod\":")),
        UNKNOWN_MEMBER(400, (_, request) -> request.saying("{\"paymentMethod\":\"CARD\",\"extra\":1}")),
        UNKNOWN_METHOD(400, (_, request) -> request.saying("{\"paymentMethod\":\"SHELLS\"}")),
        BROKEN_ADDRESS(400, (_, request) -> request.saying("{\"buyer\":{\"email\":\"@\",\"name\":\"Example Buyer\"}}")),
        KEY_IS_NO_UUID(400, (_, request) -> request.with("Idempotency-Key", "1")),
        NO_KEY(400, (_, request) -> request.without("Idempotency-Key")),
        NO_VERSION(428, (_, request) -> request.without("If-Match")),
        NO_TOKEN(401, (_, request) -> request.without("Cart-Token")),
        UNKNOWN_ACCOUNT(401, (_, request) -> request.with("Authorization", "Bearer nobody")),
        OTHER_FORMAT(415, (_, request) -> request.with("Content-Type", "text/plain")),
        TOO_LONG(413, (_, request) -> request.saying("{\"returnUrl\":\"" + "x".repeat(70_000) + "\"}")),
        WRONG_TOKEN(404, (_, request) -> request.with("Cart-Token", "x".repeat(43))),
        UNKNOWN_CART(404, (cart, request) -> at(request, cart, UUID.randomUUID())),
        OTHER_VERSION(412, (_, request) -> request.with("If-Match", "\"7\"")),
        HIJACKED(
                409,
                (cart, request) -> having("update cart set state = 'HIJACKED' where cart_id = '%s'", cart, request)),
        CHECKED_OUT(
                409,
                (cart, request) -> having("update cart set state = 'CHECKED_OUT' where cart_id = '%s'", cart, request)),
        KEY_USED_FOR_SOMETHING_ELSE(422, (cart, request) -> request.saying(asked(cart, request))),
        STILL_RUNNING(409, (cart, request) -> stillRunning(cart, request));

        private final int status;
        private final BiFunction<Purchase, RawRequest, RawRequest> make;

        Fault(int status, BiFunction<Purchase, RawRequest, RawRequest> make) {
            this.status = status;
            this.make = make;
        }

        private static RawRequest at(RawRequest request, Purchase cart, UUID other) {
            var path = request.path().replace(cart.cartId().toString(), other.toString());
            return new RawRequest(request.method(), path, request.headers(), request.body());
        }

        private static RawRequest having(String sql, Purchase cart, RawRequest request) {
            Theatre.execute(theatre.db(), sql.formatted(cart.cartId()));
            return request;
        }

        /** Another body than that which has just been sent. */
        private static String asked(Purchase cart, RawRequest request) {
            ask(wire -> wire.ask(request));
            return Way.CARD.body(cart.person());
        }

        private static RawRequest stillRunning(Purchase cart, RawRequest request) {
            ask(wire -> wire.ask(request));
            var key = "update idempotency_key set locked_until = 'infinity' where scope = 'checkout:%s'";
            return having(key, cart, request);
        }
    }

    @ParameterizedTest
    @EnumSource
    void b7FaultOfTheRequestIsAnsweredAsToAnybody(Fault fault) {
        var ofBlocked = answer(fault, blocked);
        var ofOrdinary = answer(fault, Person.guest());

        assertThat(ofBlocked.status()).isEqualTo(fault.status);
        assertThat(VEIL.over(ofBlocked)).isEqualTo(VEIL.over(ofOrdinary));
        assertThat(Veil.sizes(ofBlocked)).isEqualTo(Veil.sizes(ofOrdinary));
    }

    /** On the same seat as everybody, which is free again afterwards. */
    private static RawAnswer answer(Fault fault, Person person) {
        var cart = ask(wire -> house.hold(wire, person, Way.PAY_LATER));
        var request = fault.make.apply(cart, cart.checkOut(UUID.randomUUID()));
        var answer = ask(wire -> wire.ask(request));
        house.clear();
        return answer;
    }

    /** Whatever else would be wrong with the purchase comes after it. */
    @ParameterizedTest
    @EnumSource
    void p7BlockComesBeforeEverythingThatIsWrongWithThePurchase(Way way) {
        var person = way.suits(blocked) ? blocked : blockedCustomer;
        var answer = ask(wire -> wire.ask(house.hold(wire, person, way).checkOut(UUID.randomUUID())));

        assertThat(answer.isRedirect()).as(answer.toString()).isTrue();
    }

    private static <T> T ask(Function<Wire, T> question) {
        try (var wire = new Wire(theatre.address())) {
            return question.apply(wire);
        }
    }
}

package dev.abendkasse.server.cart.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.cart.domain.CartCommand;
import dev.abendkasse.server.cart.domain.CartResult;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.CartView;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Hall;
import dev.abendkasse.server.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class CartStoreTests {

    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String TOKEN = "00ff";
    private static final AtomicInteger CODES = new AtomicInteger();

    private final DatabaseClient db = DATABASE.client();
    private final CartStore carts = new CartStore(db, new Functions(db));
    private UUID performance;

    @BeforeEach
    void openHall() {
        performance = Awaited.of(Hall.open(db, 100, 50));
    }

    @Test
    void newCartHoldsItsSeatsFromTheStart() {
        var cart = changed(create(seats("r1-1", "r1-2")));

        assertThat(cart.state()).isEqualTo(CartView.State.OPEN);
        assertThat(cart.items()).extracting(Item::priceType).containsOnly("full");
        assertThat(cart.items()).extracting(item -> item.seat().seatId()).containsExactly("r1-1", "r1-2");
        assertThat(cart.expiresAt()).isBetween(inMinutes(14), inMinutes(16));
    }

    @Test
    void allSeatsAreHeldOrNone() {
        create(seats("r1-2"));

        var refused = refused(create(seats("r1-1", "r1-2", "r1-3")));

        assertThat(refused.problem()).isEqualTo(ProblemType.SEATS_TAKEN);
        assertThat(refused.seatIds()).containsExactly("r1-2");
        assertThat(changed(create(seats("r1-1", "r1-3"))).items()).hasSize(2);
    }

    @Test
    void d10PastHoldIsTakenOverThoughNothingHasSweptIt() {
        var first = changed(create(seats("r1-1")));
        expire(first);

        var second = changed(create(seats("r1-1")));

        assertThat(holderOf("r1-1")).isEqualTo(second.cartId());
        assertThat(find(first).state()).isEqualTo(CartView.State.CLOSED);
        assertThat(find(first).items()).isEmpty();
    }

    @Test
    void d15ItemOfAnExpiredCartCanBeRemovedAndTheSeatOfItsNewHolderStays() {
        var first = changed(create(seats("r1-1")));
        expire(first);
        var second = changed(create(seats("r1-1")));

        var removed = changed(remove(first, first.items().getFirst()));

        assertThat(removed.state()).isEqualTo(CartView.State.CLOSED);
        assertThat(holderOf("r1-1")).isEqualTo(second.cartId());
    }

    @Test
    void d12FailedAddDoesNotExtendTheHold() {
        var cart = changed(create(seats("r1-1")));
        create(seats("r1-2"));

        refused(add(cart, seats("r1-2")));

        assertThat(find(cart).expiresAt()).isEqualTo(cart.expiresAt());
    }

    @Test
    void d12HoldIsExtendedBySuccessfulAddsOnlyUpToTheCapFromTheFirstHold() {
        var cart = changed(create(seats("r1-1")));

        var second = changed(add(cart, seats("r1-2")));
        var third = changed(add(cart, seats("r1-3")));
        var fourth = changed(add(cart, seats("r1-4")));

        assertThat(Duration.between(cart.expiresAt(), second.expiresAt())).isEqualTo(Duration.ofMinutes(15));
        assertThat(third.expiresAt()).isBetween(inMinutes(44), inMinutes(46));
        assertThat(fourth.expiresAt()).isEqualTo(third.expiresAt());
        assertThat(heldUntil("r1-1")).isEqualTo(fourth.expiresAt());
    }

    @Test
    void d14ChangingOneItemLeavesTheOthersAsTheyAre() {
        var cart = changed(create(seats("r1-1", "r1-2")));

        var after = changed(Awaited.of(carts.execute(new CartCommand.ChangeItem(
                cart.cartId(), TOKEN, null, cart.items().getFirst().itemId(), "reduced"))));

        assertThat(after.items())
                .extracting(Item::itemId)
                .containsExactlyElementsOf(
                        cart.items().stream().map(Item::itemId).toList());
        assertThat(after.items().get(0).price().amount()).isEqualTo(3000);
        assertThat(after.items().get(1)).isEqualTo(cart.items().get(1));
        assertThat(after.expiresAt()).isEqualTo(cart.expiresAt());
    }

    @Test
    void removedSeatIsFreeAtOnce() {
        var cart = changed(create(seats("r1-1", "r1-2")));

        changed(remove(cart, cart.items().getFirst()));

        assertThat(changed(create(seats("r1-1"))).items()).hasSize(1);
    }

    @Test
    void bestAvailableSitsTogetherInTheBestRow() {
        create(seats("r1-5"));

        var cart = changed(create(best("a", 5)));

        assertThat(cart.items())
                .extracting(item -> item.seat().seatId())
                .containsExactly("r1-6", "r1-7", "r1-8", "r1-9", "r1-10");
    }

    @Test
    void bestAvailableSplitsOnlyWhenNoRunIsLeft() {
        for (int row = 1; row <= 10; row++) {
            changed(create(seats("r" + row + "-2", "r" + row + "-4", "r" + row + "-6", "r" + row + "-8")));
        }

        var cart = changed(create(best("a", 3)));

        assertThat(cart.items()).extracting(item -> item.seat().seatId()).containsExactly("r1-1", "r1-3", "r1-5");
    }

    @Test
    void generalAdmissionSellsToTheLastPlaceAndNotFurther() {
        IntStream.range(0, 10).forEach(_ -> changed(create(best("ga", 5))));

        assertThat(refused(create(best("ga", 1))).problem()).isEqualTo(ProblemType.NOT_ENOUGH_SEATS);
    }

    @Test
    void cartHoldsNoMoreThanTheShopAllows() {
        var cart = changed(create(best("a", 8)));

        assertThat(refused(add(cart, best("a", 1))).problem()).isEqualTo(ProblemType.CART_FULL);
        assertThat(refused(create(best("a", 9))).problem()).isEqualTo(ProblemType.CART_FULL);
    }

    @Test
    void h8StaleVersionIsRefusedWithThePresentCart() {
        var cart = changed(create(seats("r1-1")));
        var now = changed(add(cart, seats("r1-2")));

        var refused = refused(
                Awaited.of(carts.execute(new CartCommand.AddItems(cart.cartId(), TOKEN, 1L, seats("r1-3"), null))));

        assertThat(refused.problem()).isEqualTo(ProblemType.CART_CHANGED);
        assertThat(refused.present()).isEqualTo(now);
    }

    @Test
    void wrongTokenAndUnknownCartAreAlike() {
        var cart = changed(create(seats("r1-1")));

        var wrong = refused(Awaited.of(carts.execute(new CartCommand.Abandon(cart.cartId(), "aa", null))));
        var unknown = refused(Awaited.of(carts.execute(new CartCommand.Abandon(UUID.randomUUID(), TOKEN, null))));

        assertThat(wrong).isEqualTo(unknown);
        assertThat(wrong.problem()).isEqualTo(ProblemType.CART_NOT_FOUND);
    }

    @Test
    void unknownSeatCategoryAndPriceTypeAreRefused() {
        assertThat(refused(create(seats("r1-1", "r99-1"))))
                .satisfies(refused -> assertThat(refused.problem()).isEqualTo(ProblemType.UNKNOWN_SEAT))
                .satisfies(refused -> assertThat(refused.index()).isOne());
        assertThat(refused(create(best("z", 1))).problem()).isEqualTo(ProblemType.UNKNOWN_CATEGORY);
        assertThat(refused(create(new Selection(performance, List.of("r1-1"), null, null, "vip")))
                        .problem())
                .isEqualTo(ProblemType.UNKNOWN_PRICE_TYPE);
    }

    @Test
    void s4SameKeyHoldsOnceAndAnswersTheSame() {
        var key = UUID.randomUUID();

        var answers = Awaited.of(Flux.range(0, 10)
                .flatMap(_ -> carts.execute(create(best("ga", 2), key)).onErrorResume(_ -> Mono.empty()), 10)
                .collectList());
        var again = Awaited.of(carts.execute(create(best("ga", 2), key)));

        assertThat(answers).isNotEmpty().allMatch(again::equals);
        assertThat(held("ga")).isEqualTo(2);
    }

    @Test
    void s4SameKeyWithAnotherRequestIsRefused() {
        var key = UUID.randomUUID();
        Awaited.of(carts.execute(create(best("ga", 2), key)));

        var other = new CartCommand.Create(
                UUID.randomUUID(),
                TOKEN,
                "ABCDE0",
                "main",
                null,
                best("ga", 3),
                null,
                null,
                new Idempotency("s", key, "ee"));

        assertThat(refused(Awaited.of(carts.execute(other))).problem()).isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void exactlyOneOfManyRacingCartsGetsTheSeatAndS3NoneDeadlocks() {
        for (int round = 1; round <= 10; round++) {
            var seats = new String[] {"r" + round + "-1", "r" + round + "-2", "r" + round + "-3"};
            var backwards = new String[] {seats[2], seats[1], seats[0]};

            var results = Awaited.of(Flux.range(0, 20)
                    .flatMap(
                            n -> Mono.fromSupplier(() -> n % 2 == 0 ? seats(seats) : seats(backwards))
                                    .flatMap(selection -> carts.execute(create(selection, null))),
                            20)
                    .collectList());

            assertThat(results).filteredOn(CartResult.Changed.class::isInstance).hasSize(1);
        }
    }

    @Test
    void bestAvailableBuyersRacingForTheLastPlacesGetEachExactlyOnce() {
        var results = Awaited.of(Flux.range(0, 60)
                .flatMap(_ -> carts.execute(create(best("ga", 1), null)), 20)
                .collectList());

        assertThat(results).filteredOn(CartResult.Changed.class::isInstance).hasSize(50);
        assertThat(held("ga")).isEqualTo(50);
    }

    @Test
    void twoSweepersCloseEachPastCartOnce() {
        var past = IntStream.range(1, 9)
                .mapToObj(n -> changed(create(seats("r9-" + n))))
                .toList();
        Awaited.of(carts.sweep(1000));
        past.forEach(this::expire);

        var swept = Awaited.of(Flux.merge(carts.sweep(100), carts.sweep(100)).reduce(0L, Long::sum));

        assertThat(swept).isEqualTo(8);
    }

    private CartResult create(Selection selection) {
        return Awaited.of(carts.execute(create(selection, null)));
    }

    private static CartCommand create(Selection selection, UUID key) {
        var code = "%06d".formatted(CODES.incrementAndGet());
        return new CartCommand.Create(
                UUID.randomUUID(),
                TOKEN,
                code,
                "main",
                null,
                selection,
                null,
                null,
                key == null ? null : new Idempotency("s", key, "ff"));
    }

    private CartResult add(CartView cart, Selection selection) {
        return Awaited.of(carts.execute(new CartCommand.AddItems(cart.cartId(), TOKEN, null, selection, null)));
    }

    private CartResult remove(CartView cart, Item item) {
        return Awaited.of(carts.execute(new CartCommand.RemoveItem(cart.cartId(), TOKEN, null, item.itemId())));
    }

    private Selection seats(String... seatIds) {
        return new Selection(performance, List.of(seatIds), null, null, null);
    }

    private Selection best(String category, int quantity) {
        return new Selection(performance, null, category, quantity, null);
    }

    private CartView find(CartView cart) {
        return Awaited.of(carts.find(cart.cartId(), HexFormat.of().parseHex(TOKEN)));
    }

    private static CartView changed(CartResult result) {
        assertThat(result).isInstanceOf(CartResult.Changed.class);
        return ((CartResult.Changed) result).cart();
    }

    private static CartResult.Refused refused(CartResult result) {
        assertThat(result).isInstanceOf(CartResult.Refused.class);
        return (CartResult.Refused) result;
    }

    /** Moves the cart's time into the past, as waiting would. */
    private void expire(CartView cart) {
        Awaited.of(db.sql("update cart set expires_at = clock_timestamp() - interval '1 second' where cart_id = :id")
                .bind("id", cart.cartId())
                .then()
                .then(db.sql("update place set held_until = clock_timestamp() - interval '1 second' where holder = :id")
                        .bind("id", cart.cartId())
                        .then()));
    }

    private UUID holderOf(String seatId) {
        return Awaited.of(db.sql("select holder from place where performance_id = :performance and seat_id = :seat")
                .bind("performance", performance)
                .bind("seat", seatId)
                .mapValue(UUID.class)
                .one());
    }

    private Instant heldUntil(String seatId) {
        return Awaited.of(db.sql("select held_until from place where performance_id = :performance and seat_id = :seat")
                .bind("performance", performance)
                .bind("seat", seatId)
                .mapValue(Instant.class)
                .one());
    }

    private long held(String category) {
        return Awaited.of(
                db.sql("select count(*) from place where performance_id = :performance and category = :category"
                                + " and held_until > clock_timestamp()")
                        .bind("performance", performance)
                        .bind("category", category)
                        .mapValue(Long.class)
                        .one());
    }

    private static Instant inMinutes(int minutes) {
        return Instant.now().plus(Duration.ofMinutes(minutes));
    }
}

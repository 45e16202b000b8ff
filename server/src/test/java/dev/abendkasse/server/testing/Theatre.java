package dev.abendkasse.server.testing;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.AccessTokens;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.RetryPolicy;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Buyer;
import dev.abendkasse.sdk.model.Cart;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.ItemSelection;
import dev.abendkasse.sdk.model.PaymentMethod;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;

/** A server with a performance on sale, and everybody's clients for it: what acceptance tests start from. */
public final class Theatre implements AutoCloseable {

    private static final HttpClient HTTP = ContractCheck.of(HttpClient.newHttpClient());

    private final TestDatabase database;
    private final TestServer server;
    private final UUID performance;

    private Theatre(TestDatabase database, TestServer server, UUID performance) {
        this.database = database;
        this.server = server;
        this.performance = performance;
    }

    /** 100 seats in rows of ten and 200 places of each general admission; see {@link Hall}. */
    public static Theatre open() {
        return open(Map.of());
    }

    /** @param settings what the server is to do differently */
    public static Theatre open(Map<String, Object> settings) {
        return open(TestDatabase.fresh(), 100, settings);
    }

    public static Theatre open(TestDatabase database, int seats, Map<String, Object> settings) {
        var performance = Awaited.of(Hall.open(database.client(), seats, 200));
        execute(database.client(), """
                update shop set payment_methods = '{CARD,PAYPAL,SEPA_DEBIT,INVOICE,PAY_LATER}',
                                return_origins = '{https://shop.example.org}',
                                overview_url = 'https://shop.example.org/events'
                """);
        return new Theatre(database, TestServer.on(database, settings), performance);
    }

    /** Another replica, or the same server after a restart. */
    public Theatre replica(Map<String, Object> settings) {
        return new Theatre(database, TestServer.on(database, settings), performance);
    }

    /** Another performance on sale at the same server. Close only one of the two. */
    public Theatre anotherHall(int seats) {
        return new Theatre(database, server, Awaited.of(Hall.open(database.client(), seats, 200)));
    }

    public UUID performance() {
        return performance;
    }

    public URI address() {
        return server.address();
    }

    public TestServer server() {
        return server;
    }

    public DatabaseClient db() {
        return database.client();
    }

    public TestDatabase database() {
        return database;
    }

    /** A guest. Nothing is repeated behind a test's back, and every answer is checked against the contract. */
    public AbendkasseClient shop() {
        return AbendkasseClient.at(address())
                .httpClient(HTTP)
                .retries(RetryPolicy.NONE)
                .build();
    }

    public AbendkasseClient shop(String accessToken) {
        return AbendkasseClient.at(address())
                .accessToken(accessToken)
                .httpClient(HTTP)
                .retries(RetryPolicy.NONE)
                .build();
    }

    /** The first member of staff, who may do everything. */
    public AbendkasseOfficeClient office() {
        return AbendkasseOfficeClient.at(address())
                .accessToken(AccessTokens.password(address(), "admin", TestServer.ADMIN_PASSWORD))
                .httpClient(HTTP)
                .build();
    }

    /** The same person at the public API, where clerks work. */
    public AbendkasseClient boxOffice() {
        return client(AccessTokens.password(address(), "admin", TestServer.ADMIN_PASSWORD));
    }

    /** Whoever these tokens are for. */
    public AbendkasseClient client(AccessTokens tokens) {
        return AbendkasseClient.at(address())
                .accessToken(tokens)
                .httpClient(HTTP)
                .retries(RetryPolicy.NONE)
                .build();
    }

    public ItemSelection seats(String... seatIds) {
        return new ItemSelection().performanceId(performance).seatIds(new LinkedHashSet<>(List.of(seatIds)));
    }

    public ItemSelection best(String category, int quantity) {
        return new ItemSelection().performanceId(performance).category(category).quantity(quantity);
    }

    public static Buyer buyer() {
        return buyer("buyer-" + UUID.randomUUID() + "@example.org");
    }

    public static Buyer buyer(String email) {
        return new Buyer().email(email).name("Example Buyer");
    }

    public Cart hold(ItemSelection items) throws ApiException {
        return shop().carts().createCart(new CartCreation().items(items), UUID.randomUUID());
    }

    public Outcome checkOut(Cart cart, PaymentMethod method) throws ApiException {
        return checkOut(shop(), cart, UUID.randomUUID(), request(method));
    }

    public static CheckoutRequest request(PaymentMethod method) {
        return new CheckoutRequest().paymentMethod(method).buyer(buyer());
    }

    public static Outcome checkOut(AbendkasseClient shop, Cart cart, UUID key, CheckoutRequest request)
            throws ApiException {
        return Outcome.of(shop.withCartToken(cart.getCartToken())
                .checkout()
                .checkout(cart.getCartId(), key, etag(cart), request));
    }

    public static String etag(Cart cart) {
        return "\"" + cart.getVersion() + "\"";
    }

    /** Moves the end of whatever a cart or order holds into the past, as waiting would: all of it at one instant. */
    public void letTimePass(UUID holder) {
        execute(db(), """
                with past as (
                    select clock_timestamp() - interval '1 second' as instant
                ), cart_passed as (
                    update cart set expires_at = instant from past where cart_id = '%1$s'
                ), order_passed as (
                    update orders set held_until = instant from past where order_id = '%1$s'
                )
                update place set held_until = instant from past where holder = '%1$s'
                """.formatted(holder));
    }

    /** Moves the start of what is on here to so long from now, such as "-1 hour", as waiting would; sales end with it. */
    public void startsIn(String interval) {
        execute(db(), """
                update performance
                   set starts_at = clock_timestamp() + interval '%1$s', sales_end = clock_timestamp() + interval '%1$s',
                       sales_start = sales_start - interval '1 day'
                 where performance_id = '%2$s'
                """.formatted(interval, performance));
    }

    public long count(String query) {
        return value(query, Long.class);
    }

    /** The one value that a query finds. Waits for it: a test's thread is its own, and nobody's event loop. */
    public <T> T value(String query, Class<T> type) {
        return Awaited.of(db().sql(query).mapValue(type).one());
    }

    /** Waits until it is done, as {@link #value} does. */
    public static void execute(DatabaseClient db, String sql) {
        Awaited.of(db.sql(sql).then());
    }

    @Override
    public void close() {
        server.close();
    }
}

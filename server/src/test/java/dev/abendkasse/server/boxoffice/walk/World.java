package dev.abendkasse.server.boxoffice.walk;

import dev.abendkasse.server.checkout.CheckoutService;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.secret.PersonKeys;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import io.r2dbc.postgresql.codec.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/**
 * A little theatre of its own, and everybody who buys and sells in it. Whoever decides by chance takes it from here, so that a
 * seed says everything.
 */
final class World {

    /** What an account without a limit of its own may owe. */
    static final long DEFAULT_LIMIT = 50_000;

    static final List<UUID> CUSTOMERS = List.of(new UUID(1, 1), new UUID(1, 2));

    private static final List<String> PREPARATION =
            List.of("world", "rules", "invariants", "history", "time", "picture");

    private final Random random;
    private final boolean onAccount;
    private final DatabaseClient db;
    private final Functions functions;
    private final Secrets secrets = new Secrets(new byte[32]);
    private final List<Said> said = new ArrayList<>();
    private final Map<UUID, Idempotency> openings = new HashMap<>();
    private final StandInProvider provider = new StandInProvider();
    private final PersonKeys persons;
    private final CheckoutService checkouts;
    private Picture picture;

    /** A command and what was answered. */
    record Said(String function, Map<String, Object> command, JsonNode answer) {

        boolean done() {
            return !answer.has("refused");
        }

        String result() {
            return done() ? "done" : answer.get("refused").asString();
        }
    }

    World(long seed) {
        this(seed, false);
    }

    private World(long seed, boolean onAccount) {
        this.onAccount = onAccount;
        var database = TestDatabase.fresh();
        PREPARATION.forEach(name -> prepare(database, name));
        random = new Random(seed);
        db = database.client();
        functions = new Functions(db);
        var shop = CheckoutBeans.on(db, database.transaction(), secrets, provider);
        persons = shop.getBean(PersonKeys.class);
        checkouts = shop.getBean(CheckoutService.class);
        CUSTOMERS.forEach(this::register);
        picture = look();
    }

    /** A world in which everybody is a customer and buys so that it counts against their limit. */
    static World onAccount(long seed) {
        return new World(seed, true);
    }

    boolean isOnAccount() {
        return onAccount;
    }

    Picture picture() {
        return picture;
    }

    StandInProvider provider() {
        return provider;
    }

    CheckoutService checkouts() {
        return checkouts;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    UUID newId() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    <T> @Nullable T any(List<T> choices) {
        return choices.isEmpty() ? null : choices.get(random.nextInt(choices.size()));
    }

    /**
     * Mostly one for which the command makes sense, now and then any; null: not now. States of which there are few come as often
     * as the others, and those that still have something new to show more often.
     */
    <T extends Picture.Stateful> @Nullable T choose(List<T> choices, Predicate<T> sensible) {
        var fitting = chance(4) ? choices : choices.stream().filter(sensible).toList();
        var news = fitting.stream().filter(picture::isNews).toList();
        if (!news.isEmpty() && chance(50)) {
            return any(news);
        }
        var state = any(fitting.stream().map(Picture.Stateful::state).distinct().toList());
        return any(fitting.stream().filter(one -> one.state().equals(state)).toList());
    }

    /** What guards a cart with this id. */
    String tokenOf(UUID id) {
        return id.toString();
    }

    String hashOf(UUID id) {
        return HexFormat.of().formatHex(secrets.hash(tokenOf(id)));
    }

    String keyOf(String email) {
        return persons.keyOf(email);
    }

    static String emailOf(UUID customer) {
        return "customer" + customer.getLeastSignificantBits() + "@example.org";
    }

    static Map<String, Object> members(@Nullable Object... pairs) {
        var members = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                members.put(Objects.requireNonNull(pairs[i]).toString(), pairs[i + 1]);
            }
        }
        return members;
    }

    /** Carries a command out under a key of its own. */
    Said once(String function, Map<String, Object> command) {
        var repeat = newRepeat(function);
        var all = new LinkedHashMap<>(command);
        all.put("repeat", repeat);
        var done = tell(function, all);
        if (done.answer().has("payment")) {
            openings.put(
                    UUID.fromString(
                            done.answer().get("payment").get("paymentId").asString()),
                    repeat);
        }
        return done;
    }

    Idempotency newRepeat(String scope) {
        return new Idempotency(scope, newId(), "00");
    }

    /** Carries a command out that needs no key. */
    Said tell(String function, Map<String, Object> command) {
        var answer = Awaited.of(functions.call(function, command));
        return note(function, command, Objects.requireNonNull(answer));
    }

    Said note(String function, Map<String, Object> command, JsonNode answer) {
        var done = new Said(function, command, answer);
        said.add(done);
        return done;
    }

    /** Under which key an attempt was begun; whoever opens it ends that command. */
    Idempotency openingOf(UUID payment) {
        return openings.getOrDefault(payment, new Idempotency("none", payment, "00"));
    }

    void begun(UUID payment, Idempotency repeat) {
        openings.put(payment, repeat);
    }

    /** What was said since it was last asked. */
    List<Said> hear() {
        var heard = List.copyOf(said);
        said.clear();
        return heard;
    }

    void run(String sql, Object... values) {
        var statement = db.sql(sql);
        for (int i = 0; i < values.length; i++) {
            statement = statement.bind(i, values[i]);
        }
        Awaited.of(statement.then());
    }

    /** Rows of two texts. */
    List<String> findings(String sql) {
        return Objects.requireNonNull(Awaited.of(db.sql(sql)
                .map(row -> row.get(0, String.class) + ": " + row.get(1, String.class))
                .all()
                .collectList()));
    }

    JsonNode value(String sql) {
        var json = Awaited.of(db.sql(sql).mapValue(Json.class).one());
        return functions.parse(Objects.requireNonNull(json), JsonNode.class);
    }

    /** Looks around again. */
    Picture look() {
        picture = functions.read(value("select walk_picture()"), Picture.class);
        return picture;
    }

    private void register(UUID customer) {
        var email = emailOf(customer);
        run("insert into customer (customer_id, name, password_hash) values ($1, 'Example Buyer', 'none')", customer);
        run(
                "insert into customer_email (customer_id, email, canonical, match_key) values ($1, $2, $2, decode($3, 'hex'))",
                customer,
                email,
                keyOf(email));
    }

    private static void prepare(TestDatabase database, String name) {
        try (var script = Objects.requireNonNull(World.class.getResourceAsStream("/walk/" + name + ".sql"));
                var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), null);
                var statement = connection.createStatement()) {
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(name, e);
        }
    }
}

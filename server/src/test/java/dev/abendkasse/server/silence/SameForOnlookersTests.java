package dev.abendkasse.server.silence;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Jobs;
import dev.abendkasse.server.testing.LogRecorder;
import dev.abendkasse.server.testing.Theatre;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What those see who look at the process: its statements, its access log, its metrics. */
@Isolated("Reads what the process logs.")
class SameForOnlookersTests {

    private static final String STATEMENTS = "io.r2dbc.postgresql.QUERY";
    private static final String ROWS = """
            select concat_ws(' ', sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_del)) from pg_stat_xact_user_tables
            """;

    private static final String ACCESS = "reactor.netty.http.server.AccessLog";

    private static Theatre theatre;
    private static House house;
    private static Person blocked;

    @BeforeAll
    static void openTheTheatre() throws Exception {
        theatre = Theatre.open(Jobs.none(Map.of("abendkasse.test.access-log", "true")));
        house = House.open(theatre, 500);
        blocked = Person.blockedGuest(theatre);
        // Whatever is done once is done.
        checkOut(hold(Person.guest()));
        checkOut(hold(blocked));
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @ParameterizedTest
    @EnumSource
    void b5DatabaseIsAskedTheSameWhyeverACartIsRedirected(Ending ending) throws Exception {
        var ofBlocked = hold(blocked);
        var ofOrdinary = closed(ending);

        assertThat(logged(STATEMENTS, ofBlocked))
                .isEqualTo(logged(STATEMENTS, ofOrdinary))
                .hasSize(4)
                .satisfies(lines -> assertThat(lines.get(1)).contains("checkout_facts("))
                .satisfies(lines -> assertThat(lines.get(2)).contains("redirect_checkout("));
    }

    /** The same number of rows: what takes longer ends on the other side of a boundary more often when the server is busy. */
    @ParameterizedTest
    @EnumSource
    void b5AsMuchIsWrittenWhyeverACartIsRedirected(Ending ending) throws Exception {
        assertThat(written(closed(ending))).isEqualTo(written(hold(blocked)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"GIVEN_UP", "SENT_AWAY_BEFORE"})
    void b5WhatIsWrittenOnlyToTakeAsLongIsUndone(Ending ending) throws Exception {
        var cart = closed(ending);
        var before = stateOf(cart);

        checkOut(cart);

        assertThat(stateOf(cart)).isEqualTo(before);
    }

    @Test
    void b7AccessLogSaysTheSame() throws Exception {
        var ofBlocked = hold(blocked);
        var ofOrdinary = closed(Ending.GIVEN_UP);

        assertThat(accessOf(ofBlocked))
                .isEqualTo(accessOf(ofOrdinary))
                .singleElement()
                .asString()
                .contains("POST /v1/carts/<cart>/checkout HTTP/1.1\" 200 ");
    }

    @Test
    void b7NoMetricComesToBeThroughABlockedBuyer() throws Exception {
        for (var ending : Ending.values()) {
            checkOut(closed(ending));
        }
        var before = meters();

        checkOut(hold(blocked));

        assertThat(meters()).isEqualTo(before).isNotEmpty();
    }

    /** How many rows a redirect inserts, updates and deletes, also those that are undone. */
    private static String written(Purchase cart) throws SQLException {
        try (var connection = DriverManager.getConnection(
                theatre.database().jdbcUrl(), theatre.database().user(), null)) {
            connection.setAutoCommit(false);
            try (var redirect = connection.prepareStatement("select redirect_checkout(?::jsonb)");
                    var rows = connection.prepareStatement(ROWS)) {
                redirect.setString(1, """
                        {"cartId": "%s", "reason": "CLOSED", "location": "https://shop.example.org/events",
                         "repeat": {"scope": "checkout:%s", "key": "%s", "requestHash": "00"}}
                        """.formatted(cart.cartId(), cart.cartId(), UUID.randomUUID()));
                redirect.executeQuery();
                var counted = rows.executeQuery();
                counted.next();
                return counted.getString(1);
            } finally {
                connection.rollback();
            }
        }
    }

    private static String stateOf(Purchase cart) {
        return Awaited.of(theatre.db()
                .sql("""
                        select concat_ws(' ', cart,
                               (select string_agg(cart_item::text, ' ' order by place_no)
                                  from cart_item where cart_item.cart_id = cart.cart_id),
                               (select count(*) from live_event), (select count(*) from place_change))
                          from cart where cart_id = '%s'
                        """.formatted(cart.cartId()))
                .mapValue(String.class)
                .one());
    }

    /** What is logged of the checkout, once the answer is out. The time and how long it took are not looked at. */
    private static List<String> accessOf(Purchase cart) throws Exception {
        var path = "/v1/carts/" + cart.cartId() + "/checkout";
        var recorded =
                LogRecorder.record(Map.of(ACCESS, Level.DEBUG), () -> checkOut(cart), line -> line.contains(path));
        assertThat(recorded.result().isRedirect()).isTrue();
        return recorded.lines().stream()
                .filter(line -> line.contains(path))
                .map(line -> line.replace(cart.cartId().toString(), "<cart>")
                        .replaceAll("\\[[^]]*]", "[time]")
                        .replaceAll("\" (\\d+) (\\d+) \\d+ ", "\" $1 $2 millis "))
                .toList();
    }

    /** What that logger says during a checkout. */
    private static List<String> logged(String logger, Purchase cart) throws Exception {
        var recorded = LogRecorder.record(Map.of(logger, Level.DEBUG), () -> checkOut(cart));
        assertThat(recorded.result().isRedirect()).isTrue();
        // The live feed numbers and reads on connections of its own what has changed before.
        return recorded.lines().stream()
                .filter(line -> line.startsWith(logger))
                .filter(line -> !line.contains("from live_position") && !line.contains("number_live_events()"))
                .toList();
    }

    private static RawAnswer checkOut(Purchase cart) {
        try (var wire = new Wire(theatre.address())) {
            return wire.ask(cart.checkOut(UUID.randomUUID()));
        }
    }

    private static Purchase hold(Person person) {
        try (var wire = new Wire(theatre.address())) {
            return house.hold(wire, person, Way.CARD);
        }
    }

    private static Purchase closed(Ending ending) throws Exception {
        var own = House.open(theatre, 10);
        try (var wire = new Wire(theatre.address())) {
            var carts = List.of(own.hold(wire, Person.guest(), Way.CARD));
            House.end(theatre, carts, ending.secondsLeft());
            ending.close(theatre, wire, own, carts);
            return carts.getFirst();
        }
    }

    /** Those of the machine come and go. */
    private static Set<String> meters() {
        return theatre.server().bean(MeterRegistry.class).getMeters().stream()
                .map(Meter::getId)
                .filter(id -> !id.getName().startsWith("jvm."))
                .map(Object::toString)
                .collect(Collectors.toSet());
    }
}

package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.Jobs;
import dev.abendkasse.server.testing.Theatre;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** How often a request goes to the database, counted in the driver's own log. */
@Isolated("Counts what the process asks the database.")
class RoundTripTests {

    @Test
    void holdIsOneRoundTripAndCheckoutTwoStatementsInOneTransaction() throws Exception {
        try (var theatre = Theatre.open(Jobs.none(Map.of()))) {
            theatre.checkOut(theatre.hold(theatre.best("ga", 1)), PaymentMethod.PAY_LATER);

            var queries = new ListAppender<ILoggingEvent>();
            var driver = (Logger) LoggerFactory.getLogger("io.r2dbc.postgresql.QUERY");
            queries.start();
            driver.setAdditive(false);
            driver.setLevel(Level.DEBUG);
            driver.addAppender(queries);
            var cart = theatre.hold(theatre.seats("r1-1", "r1-2"));
            var held = said(queries);
            assertThat(theatre.checkOut(cart, PaymentMethod.PAY_LATER)).isInstanceOf(Outcome.Reserved.class);
            var checkedOut = said(queries);
            driver.detachAppender(queries);
            driver.setLevel(Level.WARN);

            assertThat(held).singleElement().asString().contains("select create_cart(");
            assertThat(checkedOut).hasSize(4);
            assertThat(checkedOut.get(0)).containsIgnoringCase("begin");
            assertThat(checkedOut.get(1)).contains("select checkout_facts(");
            assertThat(checkedOut.get(2)).contains("select complete_checkout(");
            assertThat(checkedOut.get(3)).containsIgnoringCase("commit");
        }
    }

    /** The live feed numbers and reads on connections of its own what has changed before; that is nobody's request. */
    private static List<String> said(ListAppender<ILoggingEvent> queries) {
        var all = queries.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(query -> !query.contains("from live_position") && !query.contains("number_live_events()"))
                .toList();
        queries.list.clear();
        return all;
    }
}

package dev.abendkasse.server.testing;

import static java.util.stream.Collectors.toMap;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a server does from time to time without being asked. */
public final class Jobs {

    /** None of it, for as long as a test takes: what the database is asked is asked by requests. */
    private static final Map<String, Object> NONE = Stream.of(
                    "cart.sweep-every",
                    "order.sweep-every",
                    "boxoffice.sweep-every",
                    "claims.look-every",
                    "credit.reconcile-every",
                    "customers.forget-sessions-every",
                    "database.forget-answers-every",
                    "database.listen-keep-alive",
                    "incidents.look-every",
                    "live.forget-every",
                    "live.look-every",
                    "live.number-every",
                    "migration.look-every",
                    "newsletter.look-every",
                    "outbox.announce-every",
                    "outbox.look-every",
                    "outbox.measure-every",
                    "relaunch.look-every",
                    "sandbox.notify-every",
                    "webhooks.forget-every")
            .collect(toMap(job -> "abendkasse." + job, _ -> "1h"));

    private Jobs() {}

    /** Settings with which no job runs, and these. */
    public static Map<String, Object> none(Map<String, Object> others) {
        var settings = new HashMap<>(NONE);
        settings.putAll(others);
        return settings;
    }
}

package dev.abendkasse.server.testing;

import dev.abendkasse.server.AbendkasseApplication;
import dev.abendkasse.server.security.Tokens;
import dev.abendkasse.server.shared.CustomerId;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Mono;

/** A whole server on a port of its own. Several on one database are replicas. */
public final class TestServer implements AutoCloseable {

    /** The log belongs to the process, and each server that starts sets it up anew, before anything else: one after the other. */
    private static final ReentrantLock LOG = new ReentrantLock();

    /** The same on every test server, so that replicas and restarts agree. */
    static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    public static final String ADMIN_PASSWORD = "admin-password-for-tests";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ConfigurableApplicationContext context;

    private TestServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static TestServer on(TestDatabase database) {
        return on(database, Map.of());
    }

    /** @param settings what this server is to do differently */
    public static TestServer on(TestDatabase database, Map<String, Object> settings) {
        LOG.lock();
        try {
            return new TestServer(new SpringApplicationBuilder(AbendkasseApplication.class)
                    .properties(Map.of("spring.main.banner-mode", "off"))
                    .initializers(TestServer::giveItsOwnThreads, _ -> LOG.unlock())
                    .run(arguments(database, settings)));
        } finally {
            if (LOG.isHeldByCurrentThread()) {
                LOG.unlock();
            }
        }
    }

    public URI address() {
        return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** A client that fails the test when an answer is not as the contract says. */
    public WebTestClient http() {
        return TestClients.http()
                .baseUrl(address().toString())
                .responseTimeout(PATIENCE)
                .filter(ContractCheck.filter())
                .build();
    }

    /** On an empty database, which it has to make its tables in. */
    public static TestServer migrating(TestDatabase database) {
        return on(
                database,
                Map.of(
                        "spring.flyway.enabled", "true",
                        "spring.flyway.url", database.jdbcUrl(),
                        "spring.flyway.user", database.user()));
    }

    /** A setting as the server has it, or what it came to. */
    public String property(String name) {
        return context.getEnvironment().getRequiredProperty(name);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** The access token of a customer who has just signed in. */
    public String tokenOf(CustomerId customer) {
        var session = UUID.randomUUID();
        var opened = bean(DatabaseClient.class)
                .sql("insert into customer_session (session_id, customer_id, session_version, ends_at)"
                        + " select :session, customer_id, session_version, clock_timestamp() + interval '1 hour'"
                        + " from customer where customer_id = :customer")
                .bind("session", session)
                .bind("customer", customer.value())
                .then();
        return Awaited.of(opened.then(Mono.defer(() -> bean(Tokens.class).forCustomer(customer, session))))
                .value();
    }

    @Override
    public void close() {
        context.close();
    }

    /**
     * A server that closes takes its event loops along; those of the JVM are also the other servers'. It need not wait for
     * latecomers: closing hundreds of servers would take minutes.
     */
    private static void giveItsOwnThreads(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context).registerBean(ReactorResourceFactory.class, () -> {
            var threads = new ReactorResourceFactory();
            threads.setUseGlobalResources(false);
            threads.setShutdownQuietPeriod(Duration.ZERO);
            return threads;
        });
    }

    private static Map<String, Object> defaults(TestDatabase database) {
        var settings = new HashMap<String, Object>();
        settings.put("spring.r2dbc.url", database.r2dbcUrl());
        settings.put("spring.r2dbc.username", database.user());
        // Its database is a copy of one that is migrated.
        settings.put("spring.flyway.enabled", "false");
        settings.put("server.port", "0");
        settings.put("management.server.port", "-1");
        settings.put("abendkasse.secret.key", KEY);
        settings.put("abendkasse.sandbox.port", "0");
        // A slow machine is no provider that is down.
        settings.put("abendkasse.payment.time-limit", "15s");
        // What a test has the provider do to one call says nothing about the next.
        settings.put("abendkasse.payment.breaker.least-calls", "1000000");
        settings.put("abendkasse.incidents.steady", "0s");
        // Hashes stay as an import leaves them where no test says otherwise.
        settings.put("abendkasse.relaunch.wrapping-threads", "0");
        settings.put("abendkasse.security.first-admin-password", ADMIN_PASSWORD);
        settings.put("abendkasse.security.sign-in-slot", "0s");
        settings.put("abendkasse.security.sign-ins-per-minute", "1000000");
        settings.put("abendkasse.security.secrets-per-minute", "1000000");
        settings.put("abendkasse.web.sign-ins-per-minute", "1000000");
        settings.put("abendkasse.web.carts-per-minute", "1000000");
        settings.put("abendkasse.web.links-per-minute", "1000000");
        return settings;
    }

    /** What a server on this database is started with. */
    static String[] arguments(TestDatabase database, Map<String, Object> settings) {
        var all = new HashMap<String, Object>(defaults(database));
        all.putAll(settings);
        return all.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }
}

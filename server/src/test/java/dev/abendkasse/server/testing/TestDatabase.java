package dev.abendkasse.server.testing;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * A database of a test's own on the one PostgreSQL that all tests of this JVM share. It is a copy of a migrated template,
 * which takes a fraction of a second.
 */
public final class TestDatabase {

    private static final String TEMPLATE = "template_abendkasse";
    private static final int CONNECTIONS = 10;
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final EmbeddedPostgres POSTGRES = start();

    private final String name;
    private final ConnectionPool pool;

    private TestDatabase(String name) {
        this.name = name;
        this.pool = pool(name);
    }

    /** A fresh, migrated, otherwise empty database. */
    public static TestDatabase fresh() {
        var name = "test_" + NUMBER.incrementAndGet();
        execute("create database " + name + " template " + TEMPLATE);
        return new TestDatabase(name);
    }

    /** A database without a single table. */
    public static TestDatabase empty() {
        var name = "test_" + NUMBER.incrementAndGet();
        execute("create database " + name);
        return new TestDatabase(name);
    }

    /** The same database with connections of its own, as another replica has them. */
    public TestDatabase replica() {
        return new TestDatabase(name);
    }

    public DatabaseClient client() {
        return DatabaseClient.create(pool);
    }

    public TransactionalOperator transaction() {
        return TransactionalOperator.create(new R2dbcTransactionManager(pool));
    }

    public String r2dbcUrl() {
        return "r2dbc:postgresql://localhost:" + POSTGRES.getPort() + "/" + name;
    }

    public String jdbcUrl() {
        return POSTGRES.getJdbcUrl("postgres", name);
    }

    public String user() {
        return "postgres";
    }

    private static EmbeddedPostgres start() {
        try {
            var postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "1000")
                    .setServerConfig("fsync", "off")
                    .start();
            Flyway.configure()
                    .dataSource(template(postgres), "postgres", null)
                    .load()
                    .migrate();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String template(EmbeddedPostgres postgres) {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + TEMPLATE);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return postgres.getJdbcUrl("postgres", TEMPLATE);
    }

    private static void execute(String sql) {
        synchronized (POSTGRES) {
            try (var connection = POSTGRES.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static ConnectionPool pool(String database) {
        var factory = new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host("localhost")
                .port(POSTGRES.getPort())
                .username("postgres")
                .database(database)
                .build());
        return new ConnectionPool(ConnectionPoolConfiguration.builder(factory)
                .initialSize(0)
                .maxSize(CONNECTIONS)
                .build());
    }
}

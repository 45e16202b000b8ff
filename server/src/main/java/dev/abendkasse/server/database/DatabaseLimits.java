package dev.abendkasse.server.database;

import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.util.Map;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.stereotype.Component;

/**
 * Bounds for everything that the server asks of PostgreSQL. They are PostgreSQL's own because a limit on our side would
 * cancel in the middle of a transaction.
 */
@Component
class DatabaseLimits implements ConnectionFactoryOptionsBuilderCustomizer {

    private static final Map<String, String> LIMITS = Map.of(
            "lock_timeout", "5s",
            "statement_timeout", "30s",
            "transaction_timeout", "60s",
            "idle_in_transaction_session_timeout", "30s",
            "application_name", "abendkasse");

    @Override
    public void customize(ConnectionFactoryOptions.Builder builder) {
        builder.option(PostgresqlConnectionFactoryProvider.OPTIONS, LIMITS);
        builder.option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true);
    }
}

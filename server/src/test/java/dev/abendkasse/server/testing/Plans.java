package dev.abendkasse.server.testing;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/** How the database carries a statement out. */
public final class Plans {

    private Plans() {}

    /** The plans of all statements inside the functions that it calls, as they were carried out. */
    public static String of(TestDatabase database, String query) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), null);
                var statement = connection.createStatement()) {
            statement.execute("load 'auto_explain'");
            statement.execute("set auto_explain.log_min_duration = 0");
            statement.execute("set auto_explain.log_nested_statements = on");
            statement.execute("set auto_explain.log_analyze = on");
            statement.execute("set auto_explain.log_timing = off");
            statement.execute("set auto_explain.log_level = notice");
            statement.execute(query);
            return said(statement);
        }
    }

    private static String said(Statement statement) throws SQLException {
        var said = new StringBuilder();
        for (SQLWarning one = statement.getWarnings(); one != null; one = one.getNextWarning()) {
            said.append(one.getMessage()).append('\n');
        }
        return said.toString();
    }
}

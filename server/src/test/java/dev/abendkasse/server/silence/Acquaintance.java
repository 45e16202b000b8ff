package dev.abendkasse.server.silence;

import dev.abendkasse.server.passwords.StoredPassword;
import dev.abendkasse.server.passwords.Vector;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the shop knows of an address: nobody outside may tell one from another. */
enum Acquaintance {
    NOBODY(null),
    ACCOUNT("password_hash = :hash"),
    PROVEN_ACCOUNT("password_hash = :hash"),
    BLOCKED("password_hash = :hash"),
    LOCKED("password_hash = :hash, locked_at = clock_timestamp(), locked_by = 'test', lock_reason = 'A test'"),
    OF_THE_FORMER_SHOP("password_hash = :former"),
    SEALED("password_hash = null, sealed_hash = :sealed"),
    WITHOUT_A_PASSWORD("password_hash = null"),
    MERGED("password_hash = null, merged_at = clock_timestamp(), merged_into = customer_id"),
    ERASED("password_hash = null, erased_at = clock_timestamp(), name = ''");

    static final String PASSWORD = "correct horse battery";

    private static final String HASH = StoredPassword.of(PASSWORD).text();
    private static final Vector WEAK = vector("md5-salt-first");

    /** A hash of another implementation whose password is another than {@link #PASSWORD}. */
    private static final Vector FORMER = vector("phpass");

    private final @Nullable String change;

    Acquaintance(@Nullable String change) {
        this.change = change;
    }

    /** @return an address that the shop knows in this way */
    String make(Theatre theatre) {
        var email = "somebody-" + UUID.randomUUID() + "@example.org";
        if (change == null) {
            return email;
        }
        var customer =
                new Buyers(theatre.server(), theatre.db()).customer(email).value();
        var sql = "update customer set " + change + " where customer_id = '" + customer + "'";
        var statement = theatre.db().sql(sql);
        if (sql.contains(":hash")) {
            statement = statement.bind("hash", HASH);
        }
        if (sql.contains(":former")) {
            statement = statement.bind("former", FORMER.stored().text());
        }
        if (sql.contains(":sealed")) {
            statement = statement.bind(
                    "sealed",
                    theatre.server()
                            .bean(Secrets.class)
                            .encrypt("sealed-hash", WEAK.stored().text().getBytes(StandardCharsets.UTF_8)));
        }
        Awaited.of(statement.then());
        if (this == PROVEN_ACCOUNT) {
            Theatre.execute(
                    theatre.db(),
                    "update customer_email set proven_at = clock_timestamp() where customer_id = '" + customer + "'");
        }
        if (this == BLOCKED) {
            Theatre.execute(
                    theatre.db(),
                    "insert into blacklist_entry (customer_id, reason, created_by) values ('" + customer
                            + "', 'A test', 'admin')");
        }
        return email;
    }

    /** Whether the right password lets them in. */
    boolean canLogIn() {
        return this == ACCOUNT || this == PROVEN_ACCOUNT || this == BLOCKED;
    }

    private static Vector vector(String format) {
        return Objects.requireNonNull(Vector.formats()
                .filter(vector -> vector.format().equals(format))
                .findAny()
                .orElseThrow());
    }
}

package dev.abendkasse.server.customer.store;

import dev.abendkasse.server.customer.Profile;
import dev.abendkasse.server.customer.domain.Account;
import dev.abendkasse.server.customer.domain.NewAccount;
import dev.abendkasse.server.shared.CustomerId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The customer and customer_email tables. */
@Repository
public class CustomerStore {

    private final DatabaseClient db;

    CustomerStore(DatabaseClient db) {
        this.db = db;
    }

    /** The address decides: of registrations at once the first one's wins, and the others insert nothing. */
    private static final String INSERT_UNLESS_KNOWN = """
            with address as (
                insert into customer_email (customer_id, email, canonical, match_key)
                values (uuidv7(), :email, :canonical, :matchKey)
                on conflict (canonical) where until is null do nothing
                returning customer_id
            )
            insert into customer (customer_id, name, phone, password_hash)
            select customer_id, :name, :phone, :passwordHash
              from address
            """;

    public Mono<Long> insertUnlessKnown(NewAccount account) {
        return db.sql(INSERT_UNLESS_KNOWN)
                .bind("email", account.email())
                .bind("canonical", account.canonical())
                .bind("matchKey", account.matchKey())
                .bind("name", account.name())
                .bind("phone", Parameters.in(R2dbcType.VARCHAR, account.phone()))
                .bind("passwordHash", account.passwordHash())
                .fetch()
                .rowsUpdated();
    }

    private static final String ACCOUNT = """
            select customer_id, password_hash
              from customer_email
              join customer using (customer_id)
             where canonical = :canonical
               and until is null
               and password_hash is not null
               and can_log_in(customer)
            """;

    public Mono<Account> account(String canonical) {
        return db.sql(ACCOUNT)
                .bind("canonical", canonical)
                .map(row -> new Account(id(row), text(row, "password_hash")))
                .one();
    }

    private static final String RENEW_PASSWORD = """
            update customer
               set password_hash = :renewed
             where customer_id = :customer
               and password_hash = :present
            """;

    /** The same password under another hash; nothing if the account has another by now. */
    public Mono<Void> renewPassword(Account account, String renewed) {
        return db.sql(RENEW_PASSWORD)
                .bind("renewed", renewed)
                .bind("customer", account.id().value())
                .bind("present", account.passwordHash())
                .then();
    }

    private static final String PROFILE = """
            select customer_id, email, name, phone, created_at
              from customer
              join customer_email using (customer_id)
             where customer_id = :customer
               and until is null
            """;

    public Mono<Profile> profile(CustomerId customer) {
        return db.sql(PROFILE)
                .bind("customer", customer.value())
                .map(CustomerStore::toProfile)
                .one();
    }

    private static Profile toProfile(Readable row) {
        return new Profile(
                id(row),
                text(row, "email"),
                text(row, "name"),
                row.get("phone", String.class),
                Objects.requireNonNull(row.get("created_at", Instant.class)));
    }

    private static CustomerId id(Readable row) {
        return new CustomerId(Objects.requireNonNull(row.get("customer_id", UUID.class)));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }
}

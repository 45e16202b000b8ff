package dev.abendkasse.server.security.store;

import dev.abendkasse.server.security.domain.ApiClient;
import dev.abendkasse.server.security.domain.StaffAccount;
import io.r2dbc.spi.Readable;
import java.util.Objects;
import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The staff_account and api_client tables. */
@Repository
public class AccountStore {

    private final DatabaseClient db;

    AccountStore(DatabaseClient db) {
        this.db = db;
    }

    private static final String STAFF = """
            select user_name, password_hash, scopes
              from staff_account
             where user_name = :userName
            """;

    public Mono<StaffAccount> staff(String userName) {
        return db.sql(STAFF)
                .bind("userName", userName)
                .map(AccountStore::toStaff)
                .one();
    }

    private static final String ANY_STAFF = """
            select exists (select from staff_account)
            """;

    public Mono<Boolean> hasStaff() {
        return db.sql(ANY_STAFF).mapValue(Boolean.class).one();
    }

    private static final String INSERT_STAFF = """
            insert into staff_account (user_name, password_hash, scopes)
            values (:userName, :passwordHash, :scopes)
            on conflict (user_name) do nothing
            """;

    /** False when the name is taken. */
    public Mono<Boolean> insert(StaffAccount account) {
        return db.sql(INSERT_STAFF)
                .bind("userName", account.userName())
                .bind("passwordHash", account.passwordHash())
                .bind("scopes", array(account.scopes()))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private static final String SET_PASSWORD = """
            update staff_account
               set password_hash = :passwordHash
             where user_name = :userName
            """;

    /** False when there is no such account. */
    public Mono<Boolean> setPassword(String userName, String passwordHash) {
        return db.sql(SET_PASSWORD)
                .bind("passwordHash", passwordHash)
                .bind("userName", userName)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private static final String CLIENT = """
            select client_id, secret_hash, scopes
              from api_client
             where client_id = :clientId
            """;

    public Mono<ApiClient> client(String clientId) {
        return db.sql(CLIENT)
                .bind("clientId", clientId)
                .map(AccountStore::toClient)
                .one();
    }

    private static final String INSERT_CLIENT = """
            insert into api_client (client_id, secret_hash, scopes)
            values (:clientId, :secretHash, :scopes)
            on conflict (client_id) do nothing
            """;

    /** False when the id is taken. */
    public Mono<Boolean> insert(ApiClient client) {
        return db.sql(INSERT_CLIENT)
                .bind("clientId", client.clientId())
                .bind("secretHash", client.secretHash())
                .bind("scopes", array(client.scopes()))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private static StaffAccount toStaff(Readable row) {
        return new StaffAccount(text(row, "user_name"), text(row, "password_hash"), scopes(row));
    }

    private static ApiClient toClient(Readable row) {
        var hash = Objects.requireNonNull(row.get("secret_hash", byte[].class));
        return new ApiClient(text(row, "client_id"), hash, scopes(row));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    private static Set<String> scopes(Readable row) {
        return Set.of(Objects.requireNonNull(row.get("scopes", String[].class)));
    }

    private static String[] array(Set<String> scopes) {
        return scopes.toArray(String[]::new);
    }
}

package dev.abendkasse.server.security.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.security.domain.ApiClient;
import dev.abendkasse.server.security.domain.StaffAccount;
import dev.abendkasse.server.security.domain.Standing;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
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
            select user_name, password_hash, password_set_at, scopes, version
              from staff_account
             where user_name = :userName and locked_at is null
            """;

    /** Empty when it is locked, as if there were none. */
    public Mono<StaffAccount> staff(String userName) {
        return db.sql(STAFF)
                .bind("userName", userName)
                .map(AccountStore::toStaff)
                .one();
    }

    private static final String RENEW_PASSWORD = """
            update staff_account set password_hash = :renewed where user_name = :userName and password_hash = :present
            """;

    /** The same password under another hash; nothing if the account has another by now. */
    public Mono<Void> renewPassword(StaffAccount account, String renewed) {
        return db.sql(RENEW_PASSWORD)
                .bind("renewed", renewed)
                .bind("userName", account.userName())
                .bind("present", account.passwordHash())
                .then();
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
    public Mono<Boolean> insert(String userName, String passwordHash, Set<String> scopes) {
        return db.sql(INSERT_STAFF)
                .bind("userName", userName)
                .bind("passwordHash", passwordHash)
                .bind("scopes", array(scopes))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private static final String RESTORE = """
            update staff_account
               set password_hash = :passwordHash, password_set_at = clock_timestamp(), locked_at = null,
                   scopes = case when 'admin' = any (scopes) then scopes else scopes || '{admin}' end,
                   version = version + 1, tokens_since = version + 1
             where user_name = :userName
            """;

    /** An admin with this password, whatever was before. False when there is no such account. */
    public Mono<Boolean> restore(String userName, String passwordHash) {
        return db.sql(RESTORE)
                .bind("passwordHash", passwordHash)
                .bind("userName", userName)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private static final String CLIENT = """
            select client_id, secret_hash, scopes, version,
                   case when old_secret_until > clock_timestamp() then old_secret_hash end as old_secret_hash
              from api_client
             where client_id = :clientId and locked_at is null
            """;

    /** Empty when it is locked, as if there were none. */
    public Mono<ApiClient> client(String clientId) {
        return db.sql(CLIENT)
                .bind("clientId", clientId)
                .map(AccountStore::toClient)
                .one();
    }

    private static final String INSERT_CLIENT = """
            insert into api_client (client_id, name, secret_hash, scopes)
            values (:clientId, :clientId, :secretHash, :scopes)
            on conflict (client_id) do nothing
            """;

    /** False when the id is taken. */
    public Mono<Boolean> insert(String clientId, byte[] secretHash, Set<String> scopes) {
        return db.sql(INSERT_CLIENT)
                .bind("clientId", clientId)
                .bind("secretHash", secretHash)
                .bind("scopes", array(scopes))
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    private static final String STAFF_STANDING = """
            select version, tokens_since, locked_at is not null as locked, scopes
              from staff_account
             where user_name = :name
            """;

    public Mono<Standing> staffStanding(String userName) {
        return standing(STAFF_STANDING, userName);
    }

    private static final String CLIENT_STANDING = """
            select version, tokens_since, locked_at is not null as locked, scopes
              from api_client
             where client_id = :name
            """;

    public Mono<Standing> clientStanding(String clientId) {
        return standing(CLIENT_STANDING, clientId);
    }

    private static final String SESSION_STANDING = """
            select 1::bigint as version, 1::bigint as tokens_since, false as locked, '{customer}'::text[] as scopes
              from customer_session session
              join customer using (customer_id)
             where session_id = :name
               and session.session_version = customer.session_version
               and ends_at > clock_timestamp()
               and can_log_in(customer)
            """;

    /** Of a customer: as long as the session is open. */
    public Mono<Standing> sessionStanding(UUID session) {
        return standing(SESSION_STANDING, session);
    }

    private Mono<Standing> standing(String query, Object name) {
        return db.sql(query)
                .bind("name", name)
                .map(row -> new Standing(
                        value(row, "version", Long.class),
                        value(row, "tokens_since", Long.class),
                        value(row, "locked", Boolean.class),
                        scopes(row)))
                .one();
    }

    private static StaffAccount toStaff(Readable row) {
        return new StaffAccount(
                value(row, "user_name", String.class),
                value(row, "password_hash", String.class),
                value(row, "password_set_at", Instant.class),
                scopes(row),
                value(row, "version", Long.class));
    }

    private static ApiClient toClient(Readable row) {
        return new ApiClient(
                value(row, "client_id", String.class),
                value(row, "secret_hash", byte[].class),
                row.get("old_secret_hash", byte[].class),
                scopes(row),
                value(row, "version", Long.class));
    }

    private static Set<String> scopes(Readable row) {
        return Set.of(value(row, "scopes", String[].class));
    }

    private static String[] array(Set<String> scopes) {
        return scopes.toArray(String[]::new);
    }
}

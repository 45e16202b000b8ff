package dev.abendkasse.server.customer.store;

import dev.abendkasse.server.customer.Profile;
import dev.abendkasse.server.customer.domain.Account;
import dev.abendkasse.server.customer.domain.AccountCommand;
import dev.abendkasse.server.customer.domain.AccountMail;
import dev.abendkasse.server.customer.domain.AccountResult;
import dev.abendkasse.server.customer.domain.LoginFacts;
import dev.abendkasse.server.customer.domain.LoginHelp;
import dev.abendkasse.server.customer.domain.Session;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.EmailAddress;
import dev.abendkasse.server.shared.LoginName;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Customers' accounts, their sessions and links; the functions are those of R__3_sessions.sql and R__4_accounts.sql. */
@Repository
public class CustomerStore {

    private final DatabaseClient db;
    private final Functions functions;

    CustomerStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    private static final String LOGIN_FACTS = """
            select login_open, customer_id, password_hash, sealed_hash, password_changed_at from login_facts(:login)
            """;

    public Mono<LoginFacts> loginFacts(LoginName login) {
        return db.sql(LOGIN_FACTS)
                .bind("login", login.canonical())
                .map(row -> new LoginFacts(
                        value(row, "login_open", Boolean.class),
                        Optional.ofNullable(row.get("customer_id", UUID.class)).map(_ -> toAccount(row))))
                .one();
    }

    private static final String ACCOUNT = """
            select customer_id, password_hash, sealed_hash, password_changed_at
              from customer
             where customer_id = :customer
            """;

    public Mono<Account> account(CustomerId customer) {
        return db.sql(ACCOUNT)
                .bind("customer", customer.value())
                .map(CustomerStore::toAccount)
                .one();
    }

    public Mono<AccountResult> execute(AccountCommand command) {
        return functions.call(functionFor(command), command).map(this::toResult);
    }

    private static String functionFor(AccountCommand command) {
        return switch (command) {
            case AccountCommand.Register _ -> "register_customer";
            case AccountCommand.OpenSession _ -> "open_session";
            case AccountCommand.RenewSession _ -> "renew_session";
            case AccountCommand.RevokeSessions _ -> "revoke_sessions";
            case AccountCommand.SetPassword _ -> "set_password_by_link";
            case AccountCommand.ChangePassword _ -> "change_password";
            case AccountCommand.ChangeEmail _ -> "ask_email_change";
            case AccountCommand.ConfirmEmail _ -> "confirm_email";
            case AccountCommand.RevertEmail _ -> "revert_email";
            case AccountCommand.AskProof _ -> "ask_email_proof";
            case AccountCommand.HelpIn _ -> "help_in";
        };
    }

    private AccountResult toResult(JsonNode answer) {
        if (answer.has("refused")) {
            return new AccountResult.Refused(
                    ProblemType.valueOf(answer.get("refused").asString()));
        }
        return answer.has("session")
                ? new AccountResult.Opened(functions.read(answer.get("session"), Session.class))
                : new AccountResult.Done();
    }

    /** Posts that somebody cannot get in; ends with {@code sign-in-not-open} when nobody can. */
    public Mono<AccountResult> askForHelp(LoginHelp help) {
        return functions.call("ask_for_help", help).map(this::toResult);
    }

    private static final String RENEW_PASSWORD = """
            update customer
               set password_hash = :renewed, sealed_hash = null
             where customer_id = :customer
               and password_hash is not distinct from :present
               and sealed_hash is not distinct from :sealed
               and can_log_in(customer)
            """;

    /** The same password under another hash; nothing if the account has another by now. */
    public Mono<Void> renewPassword(Account account, String renewed) {
        return db.sql(RENEW_PASSWORD)
                .bind("renewed", renewed)
                .bind("customer", account.id().value())
                .bind("present", Parameters.in(R2dbcType.VARCHAR, account.passwordHash()))
                .bind("sealed", Parameters.in(R2dbcType.VARBINARY, account.sealedHash()))
                .then();
    }

    private static final String END_SESSION = """
            delete from customer_session where session_id = :session
            """;

    public Mono<Void> endSession(UUID session) {
        return db.sql(END_SESSION).bind("session", session).then();
    }

    private static final String FORGET_SESSIONS = """
            delete from customer_session
             where session_id in (select session_id from customer_session
                                   where ends_at < clock_timestamp() order by ends_at limit 1000
                                     for update skip locked)
            """;

    public Mono<Void> forgetSessions() {
        return db.sql(FORGET_SESSIONS).then();
    }

    private static final String ADDRESS_OF_LINK = """
            select email from account_link where link_id = :link
            """;

    public Mono<EmailAddress> addressOf(UUID link) {
        return db.sql(ADDRESS_OF_LINK)
                .bind("link", link)
                .mapValue(String.class)
                .one()
                .flatMap(email -> Mono.justOrEmpty(EmailAddress.parse(email)));
    }

    private static final String MAIL = """
            select facts from account_mail_facts(:posted) facts where facts is not null
            """;

    /** Empty when there is nothing to write any more. */
    public Mono<AccountMail> mail(JsonNode posted) {
        return db.sql(MAIL)
                .bind("posted", Json.of(posted.toString()))
                .mapValue(Json.class)
                .one()
                .map(facts -> functions.parse(facts, AccountMail.class));
    }

    private static final String PROFILE = """
            select customer_id, email, proven_at is not null as email_proven, name, phone, created_at
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
                value(row, "email", String.class),
                value(row, "email_proven", Boolean.class),
                value(row, "name", String.class),
                row.get("phone", String.class),
                value(row, "created_at", Instant.class));
    }

    private static Account toAccount(Readable row) {
        return new Account(
                id(row),
                row.get("password_hash", String.class),
                row.get("sealed_hash", byte[].class),
                row.get("password_changed_at", Instant.class));
    }

    private static CustomerId id(Readable row) {
        return new CustomerId(value(row, "customer_id", UUID.class));
    }

    private static <T> T value(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}

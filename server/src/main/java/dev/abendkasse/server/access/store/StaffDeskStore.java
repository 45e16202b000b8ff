package dev.abendkasse.server.access.store;

import dev.abendkasse.server.access.domain.AccessResult;
import dev.abendkasse.server.access.domain.StaffCommand;
import dev.abendkasse.server.access.domain.StaffView;
import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.shared.TimeCursor;
import io.r2dbc.postgresql.codec.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The staff_account table for admins; what changes it is in R__2_access.sql. */
@Repository
public class StaffDeskStore {

    private static final TimeCursor<String> START = new TimeCursor<>(Instant.parse("0001-01-01T00:00:00Z"), "");

    private static final String ACCOUNT = "account";

    private static final String FIND = """
            select staff_account_view(account) from staff_account account where user_name = :userName
            """;

    private static final String LIST = """
            select staff_account_view(account)
              from staff_account account
             where (created_at, user_name) > (:at, :userName)
             order by created_at, user_name
             limit :limit
            """;

    private final DatabaseClient db;
    private final Functions functions;
    private final AccessAnswers answers;

    StaffDeskStore(DatabaseClient db, Functions functions, AccessAnswers answers) {
        this.db = db;
        this.functions = functions;
        this.answers = answers;
    }

    public Mono<StaffView> find(String userName) {
        return db.sql(FIND)
                .bind("userName", userName)
                .mapValue(Json.class)
                .one()
                .map(this::toView);
    }

    /** The oldest first. */
    public Flux<StaffView> list(@Nullable TimeCursor<String> after, int limit) {
        var start = after == null ? START : after;
        return db.sql(LIST)
                .bind("at", start.at())
                .bind("userName", start.id())
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(this::toView);
    }

    public Mono<AccessResult<StaffView>> create(StaffCommand.Create command) {
        return answers.call("create_staff_account", command, ACCOUNT, StaffView.class);
    }

    public Mono<AccessResult<StaffView>> change(StaffCommand.Change command) {
        return answers.call("change_staff_account", command, ACCOUNT, StaffView.class);
    }

    public Mono<AccessResult<StaffView>> lock(StaffCommand.Lock command) {
        return answers.call("lock_staff_account", command, ACCOUNT, StaffView.class);
    }

    public Mono<AccessResult<StaffView>> unlock(StaffCommand.Unlock command) {
        return answers.call("unlock_staff_account", command, ACCOUNT, StaffView.class);
    }

    public Mono<AccessResult<StaffView>> setPassword(StaffCommand.SetPassword command) {
        return answers.call("set_staff_password", command, ACCOUNT, StaffView.class);
    }

    private StaffView toView(Json found) {
        return functions.parse(found, StaffView.class);
    }
}

package dev.abendkasse.server.privacy.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.privacy.PersonalData;
import dev.abendkasse.server.privacy.domain.ErasureCommand;
import dev.abendkasse.server.privacy.domain.ErasureResult;
import dev.abendkasse.server.privacy.domain.PasswordOwner;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.problem.ProblemType;
import io.r2dbc.postgresql.codec.Json;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is held about persons; the functions are those of R__8_erasure.sql and R__8_export.sql. */
@Repository
public class PrivacyStore {

    private static final String PASSWORD = """
            select password_hash, password_changed_at from customer
             where customer_id = :customerId and password_hash is not null and can_log_in(customer)
            """;

    private static final String EXPORT = """
            select export from customer_export(:customerId) export where export is not null
            """;

    private static final String ORDERS = "orders";

    private final DatabaseClient db;
    private final Functions functions;

    PrivacyStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** Empty when nobody can sign in with the account. */
    public Mono<PasswordOwner> owner(UUID customerId) {
        return db.sql(PASSWORD)
                .bind("customerId", customerId)
                .map(row -> new PasswordOwner(
                        value(row, "password_hash", String.class), row.get("password_changed_at", Instant.class)))
                .one();
    }

    /** Empty when there is no such customer any more. */
    public Mono<PersonalData> export(UUID customerId) {
        return db.sql(EXPORT)
                .bind("customerId", customerId)
                .mapValue(Json.class)
                .one()
                .map(found -> toData(functions.parse(found, ObjectNode.class)));
    }

    public Mono<ErasureResult> erase(ErasureCommand command) {
        return functions.call(functionFor(command), command).map(this::toResult);
    }

    private PersonalData toData(ObjectNode found) {
        var orders = found.remove(ORDERS);
        return new PersonalData(
                found,
                orders.valueStream()
                        .map(order -> functions.read(order, OrderView.class))
                        .toList());
    }

    private static String functionFor(ErasureCommand command) {
        return switch (command) {
            case ErasureCommand.Own _, ErasureCommand.ByStaff _ -> "erase_customer";
            case ErasureCommand.Guest _ -> "erase_guest";
        };
    }

    private ErasureResult toResult(JsonNode answer) {
        if (answer.has("refused")) {
            return new ErasureResult.Refused(
                    ProblemType.valueOf(answer.get("refused").asString()),
                    answer.path("obstacles")
                            .valueStream()
                            .map(obstacle -> functions.read(obstacle, ErasureResult.Obstacle.class))
                            .toList());
        }
        return answer.has("erasedAt")
                ? functions.read(answer, Erased.class).result()
                : functions.read(answer, ErasureResult.GuestErased.class);
    }

    private record Erased(Instant erasedAt) {

        ErasureResult result() {
            return new ErasureResult.Erased(erasedAt);
        }
    }
}

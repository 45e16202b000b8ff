package dev.abendkasse.server.ticket.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.ticket.domain.Ticket;
import io.r2dbc.postgresql.codec.Json;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The ticket table, as buyers see it. */
@Repository
public class TicketStore {

    private final DatabaseClient db;
    private final Functions functions;

    TicketStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    private static final String OF_ORDER = """
            select ticket_view(ticket)
              from ticket join performance using (performance_id)
             where order_id = :orderId
             order by starts_at, performance_id, place_no, ticket_id
            """;

    public Mono<List<Ticket>> ofOrder(UUID orderId) {
        return db.sql(OF_ORDER)
                .bind("orderId", orderId)
                .mapValue(Json.class)
                .all()
                .map(view -> functions.parse(view, Ticket.class))
                .collectList();
    }
}

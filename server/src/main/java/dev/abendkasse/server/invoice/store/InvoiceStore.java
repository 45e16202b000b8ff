package dev.abendkasse.server.invoice.store;

import dev.abendkasse.server.database.Functions;
import dev.abendkasse.server.invoice.domain.Invoice;
import dev.abendkasse.server.invoice.domain.Receivable;
import dev.abendkasse.server.shared.TimeCursor;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The invoice table; invoices are issued by the functions of R__3_invoices.sql. */
@Repository
public class InvoiceStore {

    private static final LocalDate START = LocalDate.of(2000, 1, 1);

    private static final String FIND = """
            select invoice_view(invoice) from invoice where invoice_number = :number
            """;

    private static final String OF_ORDER = """
            select invoice_view(invoice) from invoice where order_id = :orderId and kind = 'INVOICE'
            """;

    private static final String RECEIVABLES = """
            select jsonb_strip_nulls(jsonb_build_object(
                       'invoiceNumber', invoice_number, 'serial', serial, 'state', standing.state,
                       'orderId', orders.order_id, 'orderNumber', order_number::text, 'customerId', customer_id,
                       'buyerName', invoice.content -> 'buyer' ->> 'name',
                       'buyerEmail', invoice.content -> 'buyer' ->> 'email',
                       'issuedOn', issued_on, 'dueOn', due_on,
                       'amount', jsonb_build_object('amount', amount, 'currency', invoice.currency),
                       'owed', jsonb_build_object('amount', owed, 'currency', invoice.currency)))
              from invoice join orders using (order_id),
                   lateral (select case when orders.state = 'CONFIRMED' or owes_a_fee(orders)
                                        then owed_by(orders) else 0 end as owed) balance,
                   lateral (select case when owed = 0 then 'SETTLED'
                                        when due_on < organisers_day(clock_timestamp()) then 'OVERDUE'
                                        else 'OPEN' end as state) standing
             where kind = 'INVOICE' and (due_on, serial) > (:dueOn, :serial)
               and (:state::text is null or standing.state = :state)
               %s
             order by due_on, serial
             limit :limit
            """;

    private static final String ALL = RECEIVABLES.formatted("");

    /** Says outright what the indexes of unpaid orders and unpaid fees need to hear. */
    private static final String UNPAID = RECEIVABLES.formatted("""
            and payment_method = 'INVOICE' and orders.payment_status in ('UNPAID', 'PART_PAID')
                    and (orders.state = 'CONFIRMED' or orders.state in ('CANCELLED', 'REFUNDED') and total > 0)""");

    private final DatabaseClient db;
    private final Functions functions;

    InvoiceStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** Whose invoices are asked for, and by whom. */
    public record Ask(
            UUID orderId,
            @Nullable String tokenHash,
            @Nullable UUID customerId) {}

    /** The oldest first; empty when there is no such order for the caller. */
    public Mono<List<Invoice>> list(Ask ask) {
        return functions
                .call("find_invoices", ask)
                .filter(answer -> !answer.has("refused"))
                .map(answer -> StreamSupport.stream(answer.get("invoices").spliterator(), false)
                        .map(this::toInvoice)
                        .toList());
    }

    public Mono<Invoice> find(String number) {
        return db.sql(FIND)
                .bind("number", number)
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, Invoice.class));
    }

    /** The invoice of an order, if it is on account; not its credit notes. */
    public Mono<Invoice> ofOrder(UUID orderId) {
        return db.sql(OF_ORDER)
                .bind("orderId", orderId)
                .mapValue(Json.class)
                .one()
                .map(found -> functions.parse(found, Invoice.class));
    }

    /** Those that are due first at the top. */
    public Flux<Receivable> receivables(Receivable.@Nullable State state, @Nullable TimeCursor<Long> after, int limit) {
        return db.sql(state == null || state == Receivable.State.SETTLED ? ALL : UNPAID)
                .bind("dueOn", after == null ? START : LocalDate.ofInstant(after.at(), ZoneOffset.UTC))
                .bind("serial", after == null ? 0L : after.id())
                .bind("state", state == null ? Parameters.in(String.class) : state.name())
                .bind("limit", limit)
                .mapValue(Json.class)
                .all()
                .map(found -> functions.parse(found, Receivable.class));
    }

    private Invoice toInvoice(JsonNode found) {
        return functions.read(found, Invoice.class);
    }
}

package dev.abendkasse.server.catalog.store;

import dev.abendkasse.server.catalog.Shop;
import dev.abendkasse.server.catalog.Shop.Desk;
import dev.abendkasse.server.catalog.Shop.Reservations;
import dev.abendkasse.server.catalog.Shop.ShopSettings;
import dev.abendkasse.server.catalog.Shop.Terms;
import dev.abendkasse.server.database.Functions;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The shop table. */
@Repository
public class ShopStore {

    private static final String VIEW = """
            jsonb_build_object(
                'shopId', shop_id, 'version', version,
                'settings', jsonb_build_object(
                    'name', name, 'overviewUrl', overview_url, 'returnOrigins', return_origins,
                    'paymentMethods', payment_methods, 'holdSeconds', hold_seconds,
                    'extensionSeconds', extension_seconds, 'holdCapSeconds', hold_cap_seconds, 'maxSeats', max_seats,
                    'paymentSeconds', payment_seconds, 'reservationSeconds', reservation_seconds,
                    'terms', jsonb_strip_nulls(jsonb_build_object(
                        'transferSeconds', transfer_seconds, 'transferGraceSeconds', transfer_grace_seconds,
                        'refundSecondsBefore', refund_seconds_before, 'refundFee', refund_fee,
                        'linkSeconds', link_seconds,
                        'paymentPageUrl', payment_page_url, 'accountPageUrl', account_page_url,
                        'casePageUrl', case_page_url)),
                    'reservations', jsonb_strip_nulls(jsonb_build_object(
                        'guests', guest_reservations, 'guestAmount', guest_reservation_amount,
                        'customers', customer_reservations, 'customerAmount', customer_reservation_amount,
                        'reminderSeconds', coalesce(reminder_seconds, 0))),
                    'desk', jsonb_build_object(
                        'warningSeconds', warning_seconds, 'leaseSeconds', lease_seconds, 'leaseEnd', lease_end,
                        'strayReservationSeconds', stray_reservation_seconds, 'maxSeats', desk_max_seats,
                        'salesSeconds', desk_sales_seconds)))
            """;

    private static final String FIND = """
            select %s from shop where shop_id = :shopId
            """.formatted(VIEW);

    private static final String LOCK = """
            select %s from shop where shop_id = :shopId for update
            """.formatted(VIEW);

    private static final String LIST = """
            select %s from shop where shop_id > :after order by shop_id limit :limit
            """.formatted(VIEW);

    private static final String INSERT = """
            insert into shop (shop_id, name, overview_url, return_origins, payment_methods, hold_seconds,
                              extension_seconds, hold_cap_seconds, max_seats, payment_seconds, reservation_seconds,
                              transfer_seconds, transfer_grace_seconds, refund_seconds_before, refund_fee, link_seconds,
                              payment_page_url, account_page_url, case_page_url, guest_reservations, guest_reservation_amount,
                              customer_reservations,
                              customer_reservation_amount, reminder_seconds, warning_seconds, lease_seconds, lease_end,
                              stray_reservation_seconds, desk_max_seats, desk_sales_seconds)
            values (:shopId, :name, :overviewUrl, :returnOrigins, :paymentMethods, :hold,
                    :extension, :holdCap, :maxSeats, :payment, :reservation,
                    :transfer, :transferGrace, :refundBefore, :refundFee, :link, :paymentPage, :accountPage, :casePage,
                    :guests, :guestAmount, :customers, :customerAmount, nullif(:reminder, 0),
                    :warning, :lease, :leaseEnd, :strayReservation, :deskMaxSeats, :deskSales)
            on conflict do nothing
            returning %s
            """.formatted(VIEW);

    private static final String REPLACE = """
            update shop
               set name = :name, overview_url = :overviewUrl, return_origins = :returnOrigins,
                   payment_methods = :paymentMethods, hold_seconds = :hold, extension_seconds = :extension,
                   hold_cap_seconds = :holdCap, max_seats = :maxSeats, payment_seconds = :payment,
                   reservation_seconds = :reservation, transfer_seconds = :transfer,
                   transfer_grace_seconds = :transferGrace, refund_seconds_before = :refundBefore,
                   refund_fee = :refundFee, link_seconds = :link, payment_page_url = :paymentPage,
                   account_page_url = :accountPage, case_page_url = :casePage,
                   guest_reservations = :guests, guest_reservation_amount = :guestAmount,
                   customer_reservations = :customers, customer_reservation_amount = :customerAmount,
                   reminder_seconds = nullif(:reminder, 0), warning_seconds = :warning, lease_seconds = :lease,
                   lease_end = :leaseEnd, stray_reservation_seconds = :strayReservation,
                   desk_max_seats = :deskMaxSeats, desk_sales_seconds = :deskSales,
                   version = version + 1
             where shop_id = :shopId and version = :version
            returning %s
            """.formatted(VIEW);

    private static final String RETURN_ORIGINS = """
            select distinct unnest(return_origins) from shop
            """;

    private final DatabaseClient db;
    private final Functions functions;

    ShopStore(DatabaseClient db, Functions functions) {
        this.db = db;
        this.functions = functions;
    }

    /** Of all shops. */
    public Flux<String> returnOrigins() {
        return db.sql(RETURN_ORIGINS).mapValue(String.class).all();
    }

    public Mono<Shop> find(String shopId) {
        return shops(db.sql(FIND).bind("shopId", shopId)).singleOrEmpty();
    }

    /** As it stays until the end of the transaction, unless its holder changes it. */
    public Mono<Shop> lock(String shopId) {
        return shops(db.sql(LOCK).bind("shopId", shopId)).singleOrEmpty();
    }

    /** @param after the last id of the page before, or empty */
    public Flux<Shop> list(String after, int limit) {
        return shops(db.sql(LIST).bind("after", after).bind("limit", limit));
    }

    /** The new shop, or empty when there is one with this id. */
    public Mono<Shop> insert(String shopId, ShopSettings settings) {
        return shops(bind(db.sql(INSERT), shopId, settings)).singleOrEmpty();
    }

    /** The changed shop, or empty when it is not at this version. */
    public Mono<Shop> replace(String shopId, long version, ShopSettings settings) {
        return shops(bind(db.sql(REPLACE), shopId, settings).bind("version", version))
                .singleOrEmpty();
    }

    private Flux<Shop> shops(GenericExecuteSpec statement) {
        return statement.mapValue(Json.class).all().map(shop -> functions.parse(shop, Shop.class));
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, String shopId, ShopSettings settings) {
        return bind(bind(bind(statement, settings.terms()), settings.reservations()), settings.desk())
                .bind("shopId", shopId)
                .bind("name", settings.name())
                .bind("overviewUrl", settings.overviewUrl())
                .bind("returnOrigins", settings.returnOrigins().toArray(String[]::new))
                .bind("paymentMethods", settings.paymentMethods().toArray(String[]::new))
                .bind("hold", settings.holdSeconds())
                .bind("extension", settings.extensionSeconds())
                .bind("holdCap", settings.holdCapSeconds())
                .bind("maxSeats", settings.maxSeats())
                .bind("payment", settings.paymentSeconds())
                .bind("reservation", settings.reservationSeconds());
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, Terms terms) {
        var refundBefore = terms.refundSecondsBefore();
        return statement
                .bind("transfer", terms.transferSeconds())
                .bind("transferGrace", terms.transferGraceSeconds())
                .bind("refundBefore", refundBefore == null ? Parameters.in(Integer.class) : refundBefore)
                .bind("refundFee", terms.refundFee())
                .bind("link", terms.linkSeconds())
                .bind("paymentPage", Parameters.in(R2dbcType.VARCHAR, terms.paymentPageUrl()))
                .bind("accountPage", Parameters.in(R2dbcType.VARCHAR, terms.accountPageUrl()))
                .bind("casePage", Parameters.in(R2dbcType.VARCHAR, terms.casePageUrl()));
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, Reservations reservations) {
        return statement
                .bind("guests", reservations.guests())
                .bind("guestAmount", reservations.guestAmount())
                .bind("customers", reservations.customers())
                .bind("customerAmount", Parameters.in(R2dbcType.BIGINT, reservations.customerAmount()))
                .bind("reminder", reservations.reminderSeconds());
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, Desk desk) {
        return statement
                .bind("warning", desk.warningSeconds())
                .bind("lease", desk.leaseSeconds())
                .bind("leaseEnd", desk.leaseEnd())
                .bind("strayReservation", desk.strayReservationSeconds())
                .bind("deskMaxSeats", desk.maxSeats())
                .bind("deskSales", desk.salesSeconds());
    }
}

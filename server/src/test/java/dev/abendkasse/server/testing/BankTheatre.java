package dev.abendkasse.server.testing;

import dev.abendkasse.office.model.Money;
import dev.abendkasse.office.model.ReceivedPayment;
import dev.abendkasse.office.model.ReceivedPaymentDraft;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CartCreation;
import dev.abendkasse.sdk.model.ItemSelection;
import dev.abendkasse.sdk.model.Login;
import dev.abendkasse.sdk.model.Order;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.Registration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A theatre with a bank account, whose shop takes transfers too. */
public final class BankTheatre {

    /** The example that the IBAN registry (ISO 13616) gives for Germany. */
    public static final String IBAN = "DE89370400440532013000";

    private static final String PASSWORD = "correct horse battery staple";

    private BankTheatre() {}

    public static Theatre open() {
        return open(Map.of());
    }

    /** @param settings what the server is to do differently */
    public static Theatre open(Map<String, Object> settings) {
        var all = new HashMap<String, Object>(settings());
        all.putAll(settings);
        var theatre = Theatre.open(all);
        Theatre.execute(theatre.db(), "update shop set payment_methods = payment_methods || '{BANK_TRANSFER}'");
        return theatre;
    }

    /** Who the organiser is. */
    public static Map<String, Object> settings() {
        return Map.of(
                "abendkasse.organiser.name", "Example theatre",
                "abendkasse.organiser.address-lines[0]", "Example street 1",
                "abendkasse.organiser.address-lines[1]", "12345 Example town",
                "abendkasse.organiser.tax-number", "000/000/00000",
                "abendkasse.organiser.account.holder", "Example theatre",
                "abendkasse.organiser.account.iban", IBAN);
    }

    /** The organiser's day. */
    public static LocalDate today() {
        return LocalDate.now(ZoneId.of("Europe/Berlin"));
    }

    /** A customer who has just registered and signed in. */
    public static AbendkasseClient customer(Theatre theatre) throws ApiException {
        var email = "customer-" + UUID.randomUUID() + "@example.org";
        theatre.shop()
                .accounts()
                .register(
                        new Registration().email(email).name("Example Customer").password(PASSWORD));
        return theatre.shop(theatre.shop()
                .accounts()
                .login(new Login().email(email).password(PASSWORD))
                .getAccessToken());
    }

    /** Seats reserved by a guest who will transfer the money. */
    public static UnpaidTransfer reserved(Theatre theatre, ItemSelection items) throws ApiException {
        var outcome = (Outcome.Reserved) theatre.checkOut(theatre.hold(items), PaymentMethod.BANK_TRANSFER);
        return new UnpaidTransfer(theatre, outcome.order(), outcome.orderToken());
    }

    /** An order on a customer's account. */
    public static UnpaidTransfer onAccount(Theatre theatre, AbendkasseClient customer, ItemSelection items)
            throws ApiException {
        var cart = customer.carts().createCart(new CartCreation().items(items), UUID.randomUUID());
        var outcome = (Outcome.Confirmed)
                Theatre.checkOut(customer, cart, UUID.randomUUID(), Theatre.request(PaymentMethod.INVOICE));
        return new UnpaidTransfer(theatre, outcome.order(), outcome.orderToken());
    }

    /** An order that waits for a transfer, as it was when it was made. */
    public record UnpaidTransfer(Theatre theatre, Order made, String token) {

        public UUID id() {
            return made.getOrderId();
        }

        public Order now() throws ApiException {
            return theatre.shop().withOrderToken(token).orders().getOrder(id());
        }

        /** Staff book money for it, of today. */
        public ReceivedPayment book(long cents) throws ApiException {
            return book(cents, today());
        }

        public ReceivedPayment book(long cents, LocalDate valueDate) throws ApiException {
            return theatre.office()
                    .receivedPayments()
                    .bookReceivedPayment(UUID.randomUUID(), draft(cents).valueDate(valueDate));
        }

        public ReceivedPaymentDraft draft(long cents) {
            return new ReceivedPaymentDraft()
                    .orderNumber(made.getOrderNumber())
                    .amount(new Money().amount(cents).currency("EUR"))
                    .valueDate(today());
        }

        public long count(String from) {
            return theatre.count("select count(*) from " + from + " and order_id = '" + id() + "'");
        }
    }
}

package dev.abendkasse.sdk;

import dev.abendkasse.sdk.api.AccountsApi;
import dev.abendkasse.sdk.api.AllotmentsApi;
import dev.abendkasse.sdk.api.BoxOfficeOrdersApi;
import dev.abendkasse.sdk.api.BoxOfficeSalesApi;
import dev.abendkasse.sdk.api.CartsApi;
import dev.abendkasse.sdk.api.CheckoutApi;
import dev.abendkasse.sdk.api.CustomerCasesApi;
import dev.abendkasse.sdk.api.EventsApi;
import dev.abendkasse.sdk.api.GateApi;
import dev.abendkasse.sdk.api.HijacksApi;
import dev.abendkasse.sdk.api.InvoicesApi;
import dev.abendkasse.sdk.api.JsonWebKeysApi;
import dev.abendkasse.sdk.api.NewsletterApi;
import dev.abendkasse.sdk.api.OrdersApi;
import dev.abendkasse.sdk.api.OwnCreditApi;
import dev.abendkasse.sdk.api.OwnOrdersApi;
import dev.abendkasse.sdk.api.PaymentLinksApi;
import dev.abendkasse.sdk.api.PaymentsApi;
import dev.abendkasse.sdk.api.PrivacyApi;
import dev.abendkasse.sdk.api.RefundsApi;
import dev.abendkasse.sdk.api.SeatHistoryApi;
import dev.abendkasse.sdk.api.TicketPrintingApi;
import dev.abendkasse.sdk.api.TicketsApi;
import java.net.URI;

/** Hands out the generated API classes, ready to use. Never changes; one client serves all threads. */
public final class AbendkasseClient {

    private final Connection connection;

    private AbendkasseClient(Connection connection) {
        this.connection = connection;
    }

    /** The settings of a client for the API at this address (without {@code /v1}). */
    public static ClientBuilder<AbendkasseClient> at(URI baseUrl) {
        return new ClientBuilder<>(baseUrl, AbendkasseClient::new);
    }

    /** A view of this client whose calls carry the secret of one cart. */
    public AbendkasseClient withCartToken(String token) {
        return new AbendkasseClient(connection.with("Cart-Token", token));
    }

    /** A view of this client whose calls carry the secret of one order. */
    public AbendkasseClient withOrderToken(String token) {
        return new AbendkasseClient(connection.with("Order-Token", token));
    }

    /** A view of this client whose calls carry the secret of one payment link. */
    public AbendkasseClient withLinkToken(String token) {
        return new AbendkasseClient(connection.with("Link-Token", token));
    }

    /** A view of this client whose calls carry the secret of one question about a case. */
    public AbendkasseClient withCaseToken(String token) {
        return new AbendkasseClient(connection.with("Case-Token", token));
    }

    public AccountsApi accounts() {
        return new AccountsApi(connection.apiClient());
    }

    public BoxOfficeOrdersApi boxOfficeOrders() {
        return new BoxOfficeOrdersApi(connection.apiClient());
    }

    public BoxOfficeSalesApi boxOfficeSales() {
        return new BoxOfficeSalesApi(connection.apiClient());
    }

    public AllotmentsApi allotments() {
        return new AllotmentsApi(connection.apiClient());
    }

    public CartsApi carts() {
        return new CartsApi(connection.apiClient());
    }

    public CheckoutApi checkout() {
        return new CheckoutApi(connection.apiClient());
    }

    public CustomerCasesApi customerCases() {
        return new CustomerCasesApi(connection.apiClient());
    }

    public EventsApi events() {
        return new EventsApi(connection.apiClient());
    }

    public GateApi gate() {
        return new GateApi(connection.apiClient());
    }

    public HijacksApi hijacks() {
        return new HijacksApi(connection.apiClient());
    }

    public InvoicesApi invoices() {
        return new InvoicesApi(connection.apiClient());
    }

    public JsonWebKeysApi jsonWebKeys() {
        return new JsonWebKeysApi(connection.apiClient());
    }

    public Live live() {
        return new Live(connection);
    }

    public NewsletterApi newsletter() {
        return new NewsletterApi(connection.apiClient());
    }

    public OrdersApi orders() {
        return new OrdersApi(connection.apiClient());
    }

    public OwnCreditApi ownCredit() {
        return new OwnCreditApi(connection.apiClient());
    }

    public OwnOrdersApi ownOrders() {
        return new OwnOrdersApi(connection.apiClient());
    }

    public PaymentLinksApi paymentLinks() {
        return new PaymentLinksApi(connection.apiClient());
    }

    public PaymentsApi payments() {
        return new PaymentsApi(connection.apiClient());
    }

    public PrivacyApi privacy() {
        return new PrivacyApi(connection.apiClient());
    }

    public RefundsApi refunds() {
        return new RefundsApi(connection.apiClient());
    }

    public SeatHistoryApi seatHistory() {
        return new SeatHistoryApi(connection.apiClient());
    }

    public TicketPrintingApi ticketPrinting() {
        return new TicketPrintingApi(connection.apiClient());
    }

    public TicketsApi tickets() {
        return new TicketsApi(connection.apiClient());
    }
}

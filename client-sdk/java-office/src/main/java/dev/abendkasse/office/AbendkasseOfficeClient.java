package dev.abendkasse.office;

import dev.abendkasse.office.api.ApiClientsApi;
import dev.abendkasse.office.api.AuditApi;
import dev.abendkasse.office.api.BankStatementsApi;
import dev.abendkasse.office.api.BlacklistApi;
import dev.abendkasse.office.api.BlacklistDisclosuresApi;
import dev.abendkasse.office.api.BlacklistFilesApi;
import dev.abendkasse.office.api.BlacklistSuggestionsApi;
import dev.abendkasse.office.api.CasesApi;
import dev.abendkasse.office.api.ClaimCampaignsApi;
import dev.abendkasse.office.api.CreditApi;
import dev.abendkasse.office.api.CustomerImportsApi;
import dev.abendkasse.office.api.CustomerMergesApi;
import dev.abendkasse.office.api.CustomersApi;
import dev.abendkasse.office.api.ErasuresApi;
import dev.abendkasse.office.api.HijackNoticesApi;
import dev.abendkasse.office.api.IncidentsApi;
import dev.abendkasse.office.api.NewsletterDeskApi;
import dev.abendkasse.office.api.NewsletterIssuesApi;
import dev.abendkasse.office.api.OutboxApi;
import dev.abendkasse.office.api.PerformanceChangesApi;
import dev.abendkasse.office.api.ProgrammeApi;
import dev.abendkasse.office.api.PurchasesApi;
import dev.abendkasse.office.api.ReceivablesApi;
import dev.abendkasse.office.api.ReceivedPaymentsApi;
import dev.abendkasse.office.api.RedirectsApi;
import dev.abendkasse.office.api.RefundDeskApi;
import dev.abendkasse.office.api.RelaunchApi;
import dev.abendkasse.office.api.SeatingPlansApi;
import dev.abendkasse.office.api.ShopsApi;
import dev.abendkasse.office.api.StaffAccountsApi;
import dev.abendkasse.office.api.TicketKeysApi;
import dev.abendkasse.office.api.TokenKeysApi;
import dev.abendkasse.office.api.WebhooksApi;
import dev.abendkasse.office.model.CustomerImport;
import dev.abendkasse.sdk.ClientBuilder;
import dev.abendkasse.sdk.Connection;
import dev.abendkasse.sdk.EventStream;
import dev.abendkasse.sdk.http.ApiException;
import java.net.URI;
import java.util.UUID;

/** Hands out the generated API classes for own staff, ready to use. Never changes; one client serves all threads. */
public final class AbendkasseOfficeClient {

    private final Connection connection;

    private AbendkasseOfficeClient(Connection connection) {
        this.connection = connection;
    }

    /** The settings of a client for the API at this address (without {@code /v1}). */
    public static ClientBuilder<AbendkasseOfficeClient> at(URI baseUrl) {
        return new ClientBuilder<>(baseUrl, AbendkasseOfficeClient::new);
    }

    public AuditApi audit() {
        return new AuditApi(connection.apiClient());
    }

    public ApiClientsApi apiClients() {
        return new ApiClientsApi(connection.apiClient());
    }

    public BankStatementsApi bankStatements() {
        return new BankStatementsApi(connection.apiClient());
    }

    public BlacklistApi blacklist() {
        return new BlacklistApi(connection.apiClient());
    }

    public BlacklistDisclosuresApi blacklistDisclosures() {
        return new BlacklistDisclosuresApi(connection.apiClient());
    }

    public BlacklistFilesApi blacklistFiles() {
        return new BlacklistFilesApi(connection.apiClient());
    }

    public BlacklistSuggestionsApi blacklistSuggestions() {
        return new BlacklistSuggestionsApi(connection.apiClient());
    }

    public CasesApi cases() {
        return new CasesApi(connection.apiClient());
    }

    public RelaunchApi relaunch() {
        return new RelaunchApi(connection.apiClient());
    }

    public ClaimCampaignsApi claimCampaigns() {
        return new ClaimCampaignsApi(connection.apiClient());
    }

    public CreditApi credit() {
        return new CreditApi(connection.apiClient());
    }

    public CustomerImportsApi customerImports() {
        return new CustomerImportsApi(connection.apiClient());
    }

    /** How far an import of customers is, until it has ended. Each event says everything. */
    public EventStream<CustomerImport> streamCustomerImport(UUID importId) throws ApiException {
        return EventStream.open(
                connection,
                "/v1/admin/customer-imports/" + importId + "/stream",
                CustomerImport.class,
                progress -> progress.getEndedAt() != null);
    }

    public CustomerMergesApi customerMerges() {
        return new CustomerMergesApi(connection.apiClient());
    }

    public CustomersApi customers() {
        return new CustomersApi(connection.apiClient());
    }

    public ErasuresApi erasures() {
        return new ErasuresApi(connection.apiClient());
    }

    public HijackNoticesApi hijackNotices() {
        return new HijackNoticesApi(connection.apiClient());
    }

    public IncidentsApi incidents() {
        return new IncidentsApi(connection.apiClient());
    }

    public NewsletterDeskApi newsletterDesk() {
        return new NewsletterDeskApi(connection.apiClient());
    }

    public NewsletterIssuesApi newsletterIssues() {
        return new NewsletterIssuesApi(connection.apiClient());
    }

    public OutboxApi outbox() {
        return new OutboxApi(connection.apiClient());
    }

    public PerformanceChangesApi performanceChanges() {
        return new PerformanceChangesApi(connection.apiClient());
    }

    public ProgrammeApi programme() {
        return new ProgrammeApi(connection.apiClient());
    }

    public PurchasesApi purchases() {
        return new PurchasesApi(connection.apiClient());
    }

    public ReceivablesApi receivables() {
        return new ReceivablesApi(connection.apiClient());
    }

    public ReceivedPaymentsApi receivedPayments() {
        return new ReceivedPaymentsApi(connection.apiClient());
    }

    public RedirectsApi redirects() {
        return new RedirectsApi(connection.apiClient());
    }

    public RefundDeskApi refundDesk() {
        return new RefundDeskApi(connection.apiClient());
    }

    public SeatingPlansApi seatingPlans() {
        return new SeatingPlansApi(connection.apiClient());
    }

    public ShopsApi shops() {
        return new ShopsApi(connection.apiClient());
    }

    public StaffAccountsApi staffAccounts() {
        return new StaffAccountsApi(connection.apiClient());
    }

    public TicketKeysApi ticketKeys() {
        return new TicketKeysApi(connection.apiClient());
    }

    public TokenKeysApi tokenKeys() {
        return new TokenKeysApi(connection.apiClient());
    }

    public WebhooksApi webhooks() {
        return new WebhooksApi(connection.apiClient());
    }
}

package dev.abendkasse.server.credit;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.BlacklistDraft;
import dev.abendkasse.office.model.CaseApproval;
import dev.abendkasse.office.model.CaseFile;
import dev.abendkasse.office.model.CaseKind;
import dev.abendkasse.office.model.CaseQuestion;
import dev.abendkasse.office.model.CaseRejection;
import dev.abendkasse.office.model.CreditLimitChange;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CaseAnswer;
import dev.abendkasse.sdk.model.CaseState;
import dev.abendkasse.sdk.model.CreditLimitRequest;
import dev.abendkasse.sdk.model.CreditLimitRequestReceipt;
import dev.abendkasse.sdk.model.Money;
import dev.abendkasse.server.credit.domain.LimitRequestResult.Opened;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What customers see of what they may owe, and how they ask for more. */
class OwnCreditTests {

    private static final Pattern LINK =
            Pattern.compile("https://shop\\.example\\.org/case#([0-9]{10})\\.([A-Za-z0-9_-]+)");

    private static Postbox postbox;
    private static Theatre theatre;

    private final String email = "own-" + UUID.randomUUID() + "@example.org";
    private final Buyers buyers = new Buyers(theatre.server(), theatre.db());
    private final CustomerId customer = buyers.customer(email);
    private final AbendkasseClient shop = theatre.shop(theatre.server().tokenOf(customer));

    @BeforeAll
    static void openTheTheatre() {
        postbox = Postbox.open();
        var settings = new HashMap<String, Object>(postbox.settings());
        settings.putAll(Map.of("abendkasse.checkout.credit-limit", "12000", "abendkasse.credit.reconcile-every", "1h"));
        theatre = Theatre.open(settings);
        Theatre.execute(theatre.db(), "update shop set case_page_url = 'https://shop.example.org/case'");
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
        postbox.close();
    }

    @Test
    void customerSeesLimitExposureAndWhatRemains() throws ApiException {
        var fresh = shop.ownCredit().getOwnCreditAccount();
        assertThat(fresh.getLimit()).isEqualTo(eur(12_000));
        assertThat(fresh.getExposure()).isEqualTo(eur(0));
        assertThat(fresh.getRemaining()).isEqualTo(eur(12_000));
        assertThat(fresh.getRequestCaseNumber()).isNull();

        buy(2);

        assertThat(shop.ownCredit().getOwnCreditAccount().getExposure()).isEqualTo(eur(10_000));
        assertThat(shop.ownCredit().getOwnCreditAccount().getRemaining()).isEqualTo(eur(2_000));
    }

    @Test
    void c10CustomerWhoseLimitWasLoweredOwesWhatTheyOweAndHasNothingLeft() throws ApiException {
        buy(2);

        theatre.office()
                .credit()
                .setCreditLimit(
                        customer.value(),
                        "\"1\"",
                        new CreditLimitChange()
                                .limit(new dev.abendkasse.office.model.Money()
                                        .amount(5_000L)
                                        .currency("EUR"))
                                .reason("Two invoices are overdue"));

        var account = shop.ownCredit().getOwnCreditAccount();
        assertThat(account.getLimit()).isEqualTo(eur(5_000));
        assertThat(account.getExposure()).isEqualTo(eur(10_000));
        assertThat(account.getRemaining()).isEqualTo(eur(0));
        assertThat(theatre.count("select count(*) from orders where state = 'CONFIRMED' and customer_id = '"
                        + customer.value() + "'"))
                .isOne();
    }

    @Test
    void accountIsNobodyElsesToSee() {
        expect(401, "unauthorized", () -> theatre.shop().ownCredit().getOwnCreditAccount());
        expect(403, "forbidden", () -> theatre.boxOffice().ownCredit().getOwnCreditAccount());
        Theatre.execute(theatre.db(), "delete from customer_email where customer_id = '" + customer.value() + "'");
        Theatre.execute(theatre.db(), "delete from customer where customer_id = '" + customer.value() + "'");
        expect(401, "unauthorized", () -> shop.ownCredit().getOwnCreditAccount());
        expect(401, "unauthorized", () -> ask(40_000));
    }

    @Test
    void requestIsACaseThatShowsWhatIsAskedForAndHasNoDeadline() throws ApiException {
        buy(1);

        var receipt = ask(40_000);

        assertThat(receipt.getFormattedNumber()).isEqualTo(new CaseNumber(receipt.getCaseNumber()).grouped());
        assertThat(receipt.getMessage()).isNotBlank();
        assertThat(shop.ownCredit().getOwnCreditAccount().getRequestCaseNumber())
                .isEqualTo(receipt.getCaseNumber());
        var file = file(receipt);
        assertThat(file.getKind()).isEqualTo(CaseKind.LIMIT_REQUEST);
        assertThat(file.getCustomerId()).isEqualTo(customer.value());
        assertThat(file.getBuyerEmail()).isEqualTo(email);
        assertThat(file.getRequestedLimit().getAmount()).isEqualTo(40_000);
        assertThat(file.getCreditThen().getExposure().getAmount()).isEqualTo(5_000);
        assertThat(file.getNote()).isEqualTo("We bring three school classes.");
        assertThat(file.getOrderId()).isNull();
        assertThat(file.getDeadline()).isNull();
        var seen = shop.customerCases().getCase(receipt.getCaseNumber());
        assertThat(seen.getRequestedLimit()).isEqualTo(eur(40_000));
        assertThat(seen.getState()).isEqualTo(CaseState.OPEN);
        assertThat(seen.toString()).doesNotContain("school");
    }

    @Test
    void c6LimitIsAskedForInTheAccountsCurrency() throws ApiException {
        var francs = new CreditLimitRequest().limit(new Money().amount(40_000L).currency("CHF"));

        expect(400, "invalid-request", () -> shop.ownCredit().requestCreditLimit(UUID.randomUUID(), francs));

        assertThat(shop.ownCredit().getOwnCreditAccount().getRequestCaseNumber())
                .isNull();
    }

    @Test
    void c11OneRequestIsOpenAtATimeAndAskingAgainUnderTheSameKeyNamesIt() throws ApiException {
        var key = UUID.randomUUID();
        var receipt = ask(key, 40_000);

        assertThat(ask(key, 40_000)).isEqualTo(receipt);
        expect(422, "idempotency-key-reused", () -> ask(key, 50_000));
        expect(409, "limit-request-open", () -> ask(50_000));

        reject(receipt);
        assertThat(shop.ownCredit().getOwnCreditAccount().getRequestCaseNumber())
                .isNull();
        assertThat(ask(50_000).getCaseNumber()).isNotEqualTo(receipt.getCaseNumber());
    }

    @Test
    void c11OfManyRequestsAtOnceOneIsOpened() {
        var service = theatre.server().bean(OwnCreditService.class);

        var results = Awaited.of(Flux.range(0, 20)
                .flatMap(
                        _ -> service.request(
                                customer,
                                dev.abendkasse.server.shared.Money.of(40_000, "EUR"),
                                null,
                                new Idempotency("requestCreditLimit:" + customer.value(), UUID.randomUUID(), "00")),
                        20)
                .collectList());

        assertThat(results).hasSize(20).filteredOn(Opened.class::isInstance).hasSize(1);
        assertThat(theatre.count("select count(*) from case_file where customer_id = '" + customer.value() + "'"))
                .isOne();
    }

    @Test
    void approvedRequestIsTheNewLimitByWhoDecidedAndWhy() throws Exception {
        var receipt = ask(40_000);
        var file = file(receipt);

        theatre.office()
                .cases()
                .approveCase(
                        file.getCaseNumber(), UUID.randomUUID(), etag(file), new CaseApproval().reason("Pays in time"));

        var account = shop.ownCredit().getOwnCreditAccount();
        assertThat(account.getLimit()).isEqualTo(eur(40_000));
        assertThat(account.getRequestCaseNumber()).isNull();
        assertThat(shop.customerCases().getCase(receipt.getCaseNumber()).getState())
                .isEqualTo(CaseState.APPROVED);
        var change = theatre.office()
                .credit()
                .listCreditLimitChanges(customer.value(), null, null)
                .getItems()
                .getFirst();
        assertThat(change.getBy()).isEqualTo("admin");
        assertThat(change.getReason()).contains(receipt.getCaseNumber()).contains("Pays in time");
        assertThat(postbox.mailTo(email).getSubject()).contains("Kreditlimit");
    }

    @Test
    void questionAboutARequestIsAnsweredUnderItsLinkAndByWhoAsked() throws Exception {
        var receipt = ask(40_000);
        var file = question(receipt, "How many classes?");
        assertThat(file.getState().getValue()).isEqualTo("WAITING_FOR_CUSTOMER");
        assertThat(shop.ownCredit().getOwnCreditAccount().getRequestCaseNumber())
                .isEqualTo(receipt.getCaseNumber());
        expect(409, "limit-request-open", () -> ask(50_000));

        var guest = theatre.shop().withCaseToken(tokenFrom(receipt));
        assertThat(guest.customerCases().getCase(receipt.getCaseNumber()).getQuestion())
                .isEqualTo("How many classes?");
        var answered = answer(guest, receipt);
        assertThat(answered.getState()).isEqualTo(CaseState.OPEN);
        assertThat(answered.getQuestion()).isNull();

        question(receipt, "Which school?");
        assertThat(answer(shop, receipt).getState()).isEqualTo(CaseState.OPEN);
        expect(409, "case-not-waiting", () -> answer(shop, receipt));
        expect(401, "unauthorized", () -> guest.ownCredit().getOwnCreditAccount());
    }

    @Test
    void p7BlockedCustomerSeesTheSameAndMayAsk() throws ApiException {
        buy(1);
        var before = shop.ownCredit().getOwnCreditAccount();

        theatre.office()
                .blacklist()
                .addBlacklistEntry(
                        UUID.randomUUID(), new BlacklistDraft().email(email).reason("Sells them on"));

        assertThat(shop.ownCredit().getOwnCreditAccount()).isEqualTo(before);
        var receipt = ask(40_000);
        assertThat(shop.customerCases().getCase(receipt.getCaseNumber()).getState())
                .isEqualTo(CaseState.OPEN);
    }

    private CreditLimitRequestReceipt ask(long limit) throws ApiException {
        return ask(UUID.randomUUID(), limit);
    }

    private CreditLimitRequestReceipt ask(UUID key, long limit) throws ApiException {
        return shop.ownCredit()
                .requestCreditLimit(
                        key, new CreditLimitRequest().limit(eur(limit)).reason("We bring three school classes."));
    }

    private static CaseFile file(CreditLimitRequestReceipt receipt) throws ApiException {
        return theatre.office().cases().getCaseForStaff(receipt.getCaseNumber());
    }

    private static void reject(CreditLimitRequestReceipt receipt) throws ApiException {
        var file = file(receipt);
        theatre.office()
                .cases()
                .rejectCase(
                        file.getCaseNumber(),
                        UUID.randomUUID(),
                        etag(file),
                        new CaseRejection().reason("Two invoices are overdue"));
    }

    private static CaseFile question(CreditLimitRequestReceipt receipt, String text) throws ApiException {
        return theatre.office()
                .cases()
                .askCustomer(
                        receipt.getCaseNumber(), UUID.randomUUID(), etag(file(receipt)), new CaseQuestion().text(text));
    }

    private static dev.abendkasse.sdk.model.CustomerCase answer(
            AbendkasseClient client, CreditLimitRequestReceipt receipt) throws ApiException {
        return client.customerCases()
                .answerCase(receipt.getCaseNumber(), UUID.randomUUID(), new CaseAnswer().text("Three."));
    }

    private String tokenFrom(CreditLimitRequestReceipt receipt) throws Exception {
        var link = LINK.matcher(MailFixture.read(postbox.mailTo(email)).text());
        assertThat(link.find()).isTrue();
        assertThat(link.group(1)).isEqualTo(receipt.getCaseNumber());
        return link.group(2);
    }

    private static String etag(CaseFile file) {
        return "\"" + file.getVersion() + "\"";
    }

    /** Places for 50.00 each, on account. */
    private void buy(int places) {
        Awaited.of(buyers.hold(customer, new Selection(theatre.performance(), null, "ga", places, "full"))
                .flatMap(cart -> buyers.checkOut(cart, customer, PurchaseMethod.INVOICE, email)));
    }

    private static Money eur(long amount) {
        return new Money().amount(amount).currency("EUR");
    }
}

package dev.abendkasse.server.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.abendkasse.office.api.CreditApi;
import dev.abendkasse.office.model.CaseApproval;
import dev.abendkasse.office.model.CreditAccount;
import dev.abendkasse.office.model.CreditLimitChange;
import dev.abendkasse.office.model.Money;
import dev.abendkasse.sdk.AbendkasseProblem;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.Confirmed;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.UnderReview;
import dev.abendkasse.server.credit.domain.CreditResult;
import dev.abendkasse.server.credit.domain.NewLimit;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.TestServer;
import dev.abendkasse.server.testing.Theatre;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class CreditAccountTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static Theatre theatre;
    private static CreditApi credit;

    private final String email = "debtor-" + NUMBER.incrementAndGet() + "@example.org";
    private final Buyers buyers = new Buyers(theatre.server(), theatre.db());
    private final CustomerId customer = buyers.customer(email);

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.checkout.credit-limit", "12000"));
        credit = theatre.office().credit();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void customerWhoNeverBoughtHasTheDefaultLimitAndOwesNothing() throws ApiException {
        var account = credit.getCreditAccount(customer.value());

        assertThat(account.getLimit()).isEqualTo(eur(12_000));
        assertThat(account.getIsDefault()).isTrue();
        assertThat(account.getExposure()).isEqualTo(eur(0));
        assertThat(account.getRemaining()).isEqualTo(eur(12_000));
        assertThat(account.getVersion()).isOne();
    }

    @Test
    void shownDefaultIsTheOneThatCheckoutDecidesBy() throws ApiException {
        assertThat(buy(2)).isInstanceOf(Confirmed.class);
        assertThat(credit.getCreditAccount(customer.value()).getRemaining()).isEqualTo(eur(2_000));

        assertThat(buy(1)).isInstanceOf(UnderReview.class);
        assertThat(credit.getCreditAccount(customer.value()).getExposure()).isEqualTo(eur(10_000));
    }

    @Test
    void c10OrderThatReachesALimitOfOnesOwnExactlyPasses() throws ApiException {
        set(1, eur(15_000));

        assertThat(buy(3)).isInstanceOf(Confirmed.class);
        assertThat(buy(1)).isInstanceOf(UnderReview.class);
    }

    @Test
    void c10LimitBelowWhatIsOwedLeavesNothingAndNoDebtOfNegativeSize() throws ApiException {
        buy(2);

        var account = set(1, eur(5_000));

        assertThat(account.getExposure()).isEqualTo(eur(10_000));
        assertThat(account.getRemaining()).isEqualTo(eur(0));
        assertThat(account.getIsDefault()).isFalse();
        assertThat(buy(1)).isInstanceOf(UnderReview.class);
    }

    @Test
    void limitOfZeroIsALimit() throws ApiException {
        assertThat(set(1, eur(0)).getIsDefault()).isFalse();
        assertThat(buy(1)).isInstanceOf(UnderReview.class);
    }

    @Test
    void withoutALimitTheDefaultAppliesAgain() throws ApiException {
        set(1, eur(99_000));

        var account = set(2, null);

        assertThat(account.getLimit()).isEqualTo(eur(12_000));
        assertThat(account.getIsDefault()).isTrue();
        assertThat(account.getVersion()).isEqualTo(3);
    }

    @Test
    void buyingDoesNotMakeTheVersionOfTheLimitStale() throws ApiException {
        buy(1);

        assertThat(set(1, eur(20_000)).getVersion()).isEqualTo(2);
    }

    @Test
    void everyChangeIsKeptWithReasonAndName() throws ApiException {
        set(1, eur(20_000));
        set(2, null);

        assertThat(changes("from_amount is null and to_amount = 20000")).isOne();
        assertThat(changes("from_amount = 20000 and to_amount is null")).isOne();
        assertThat(changes("true")).isEqualTo(2);
    }

    @Test
    void staleVersionIsRefusedAndChangesNothing() throws ApiException {
        set(1, eur(20_000));

        problem(412, "version-conflict", () -> set(1, eur(30_000)));

        assertThat(credit.getCreditAccount(customer.value()).getLimit()).isEqualTo(eur(20_000));
        assertThat(changes("true")).isOne();
    }

    @Test
    void ofManyWhoChangeTheSameVersionOneWins() {
        var service = theatre.server().bean(CreditService.class);

        var results = Awaited.of(Flux.range(1, 20)
                .flatMap(n -> service.set(new NewLimit(customer.value(), 1, n * 1_000L, "Test", "clerk-" + n)), 20)
                .collectList());

        assertThat(results).filteredOn(CreditResult.Changed.class::isInstance).hasSize(1);
        assertThat(changes("true")).isOne();
    }

    @Test
    void c6OtherCurrencyIsRefused() {
        problem(400, "invalid-request", () -> set(1, new Money().amount(1_000L).currency("CHF")));
    }

    @Test
    void c6OrderInAnotherCurrencyIsForPeopleAndDoesNotCountWhenTheyLetItPass() throws ApiException {
        var abroad = theatre.anotherHall(10);
        Theatre.execute(
                theatre.db(),
                "update performance set currency = 'CHF' where performance_id = '" + abroad.performance() + "'");

        var outcome = buy(abroad, 1);

        assertThat(outcome).isInstanceOf(UnderReview.class);
        var cases = theatre.office().cases();
        var file = cases.getCaseForStaff(((UnderReview) outcome).caseNumber());
        assertThat(file.getKind().getValue()).isEqualTo("CREDIT_LIMIT");
        assertThat(file.getAmount()).isEqualTo(new Money().amount(5_000L).currency("CHF"));
        cases.approveCase(
                file.getCaseNumber(),
                UUID.randomUUID(),
                "\"" + file.getVersion() + "\"",
                new CaseApproval().reason("Pays in time"));
        assertThat(theatre.count("select count(*) from orders where state = 'CONFIRMED' and customer_id = '"
                        + customer.value() + "'"))
                .isOne();
        assertThat(credit.getCreditAccount(customer.value()).getExposure()).isEqualTo(eur(0));
        assertThat(theatre.count("select count(*) from credit_books(array['" + customer.value()
                        + "'::uuid]) where owed = 0 and entered = 0"))
                .isOne();
    }

    @Test
    void unknownCustomerIsNotFound() {
        problem(404, "customer-not-found", () -> credit.getCreditAccount(UUID.randomUUID()));
        problem(
                404,
                "customer-not-found",
                () -> credit.setCreditLimit(UUID.randomUUID(), "\"1\"", new CreditLimitChange().reason("Test")));
    }

    @Test
    void versionMustBeStatedAndIsGivenAsETag() {
        var path = "/v1/back-office/customers/" + customer.value() + "/credit-account";
        var http = theatre.server()
                .http()
                .mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(staffToken()))
                .build();

        http.get().uri(path).exchange().expectStatus().isOk().expectHeader().valueEquals("ETag", "\"1\"");
        http.put()
                .uri(path)
                .bodyValue(Map.of("reason", "Test"))
                .exchange()
                .expectStatus()
                .isEqualTo(428);
    }

    private static String staffToken() {
        return dev.abendkasse.sdk.AccessTokens.password(theatre.address(), "admin", TestServer.ADMIN_PASSWORD)
                .get();
    }

    private static void problem(int status, String code, ThrowingCallable call) {
        var failure = catchThrowableOfType(ApiException.class, call);

        assertThat(failure.getCode()).isEqualTo(status);
        assertThat(AbendkasseProblem.from(failure).orElseThrow().getCode()).isEqualTo(code);
    }

    private CreditAccount set(long version, Money limit) throws ApiException {
        var change = new CreditLimitChange().limit(limit).reason("Pays in time");
        return credit.setCreditLimit(customer.value(), "\"" + version + "\"", change);
    }

    /** Places for 50.00 each, on account. */
    private CheckoutOutcome buy(int places) {
        return buy(theatre, places);
    }

    private CheckoutOutcome buy(Theatre at, int places) {
        return Awaited.of(buyers.hold(customer, new Selection(at.performance(), null, "ga", places, "full"))
                .flatMap(cart -> buyers.checkOut(cart, customer, PurchaseMethod.INVOICE, email)));
    }

    private long changes(String condition) {
        return theatre.count("select count(*) from credit_limit_change where customer_id = '" + customer.value()
                + "' and " + condition);
    }

    private static Money eur(long amount) {
        return new Money().amount(amount).currency("EUR");
    }
}

package dev.abendkasse.server.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.CasesApi;
import dev.abendkasse.office.model.CaseFile;
import dev.abendkasse.office.model.CaseKind;
import dev.abendkasse.office.model.CaseState;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.checkout.domain.CheckoutOutcome.UnderReview;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Problems;
import dev.abendkasse.server.testing.Theatre;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CaseTests {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static Theatre theatre;
    private static CasesApi cases;

    private final Buyers buyers = new Buyers(theatre.server(), theatre.db());

    @BeforeAll
    static void openTheTheatre() {
        // Nobody sweeps, so that a case whose time is over is told by its deadline alone.
        theatre = Theatre.open(Map.of("abendkasse.checkout.credit-limit", "0", "abendkasse.order.sweep-every", "1h"));
        cases = theatre.office().cases();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void caseSaysWhatItIsAbout() throws ApiException {
        var review = overTheLimit(2);

        var file = cases.getCaseForStaff(review.caseNumber());

        assertThat(file.getCaseNumber()).isEqualTo(review.caseNumber());
        assertThat(file.getKind()).isEqualTo(CaseKind.CREDIT_LIMIT);
        assertThat(file.getState()).isEqualTo(CaseState.OPEN);
        assertThat(file.getOrderId()).isEqualTo(review.order().orderId());
        assertThat(file.getOrderNumber()).isEqualTo(review.order().orderNumber());
        assertThat(file.getAmount().getAmount()).isEqualTo(10_000);
        assertThat(file.getAmount().getCurrency()).isEqualTo("EUR");
        assertThat(file.getDeadline().toInstant()).isEqualTo(review.order().heldUntil());
        assertThat(file.getEndedAt()).isNull();
    }

    @Test
    void numberIsTakenHoweverItWasWrittenDown() throws ApiException {
        var number = overTheLimit(1).caseNumber();
        var grouped = cases.getCaseForStaff(number).getFormattedNumber();

        assertThat(grouped).matches("[0-9]{3} [0-9]{3} [0-9]{3} [0-9]").isEqualTo(new CaseNumber(number).grouped());
        for (var separator : List.of(" ", "-", ".", " - ")) {
            assertThat(cases.getCaseForStaff(grouped.replace(" ", separator)).getCaseNumber())
                    .isEqualTo(number);
        }
    }

    @Test
    void slipInTheNumberIsToldApartFromANumberNobodyHas() {
        var number = overTheLimit(1).caseNumber();
        var slip = number.substring(0, 9) + (number.charAt(9) == '9' ? '0' : (char) (number.charAt(9) + 1));

        Problems.expect(422, "case-number-invalid", () -> cases.getCaseForStaff(slip));
        Problems.expect(422, "case-number-invalid", () -> cases.getCaseForStaff(number + "0"));
        Problems.expect(
                404,
                "case-not-found",
                () -> cases.getCaseForStaff(CaseNumber.random().value()));
        Problems.expect(400, "invalid-request", () -> cases.getCaseForStaff("case number"));
    }

    @Test
    void caseIsExpiredFromItsDeadlineOnThoughNothingHasSweptIt() throws ApiException {
        var review = overTheLimit(1);
        theatre.letTimePass(review.order().orderId());

        assertThat(cases.getCaseForStaff(review.caseNumber()).getState()).isEqualTo(CaseState.EXPIRED);
        assertThat(numbers(CaseKind.CREDIT_LIMIT, CaseState.OPEN)).doesNotContain(review.caseNumber());
        assertThat(numbers(CaseKind.CREDIT_LIMIT, CaseState.EXPIRED)).contains(review.caseNumber());
    }

    @Test
    void queueGoesFromTheOldestToTheNewestPageByPage() throws ApiException {
        var opened = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            opened.add(overTheLimit(1).caseNumber());
        }

        assertThat(numbers(null, CaseState.OPEN)).containsSubsequence(opened).doesNotHaveDuplicates();
        assertThat(numbers(CaseKind.CREDIT_LIMIT, null)).containsSubsequence(opened);
        assertThat(numbers(null, null)).containsSubsequence(opened);
        assertThat(numbers(CaseKind.TECHNICAL, null)).doesNotContainAnyElementsOf(opened);
        assertThat(numbers(null, CaseState.WAITING_FOR_CUSTOMER)).doesNotContainAnyElementsOf(opened);
    }

    @Test
    void foreignCursorIsRefused() {
        for (var cursor : List.of("AAAA", "MjAyNi0xMS0yMlQwNDozNDowOFosMQ", "-____")) {
            Problems.expect(
                    400,
                    "invalid-request",
                    () -> cases.listCases(null, null, null, null, null, null, null, cursor, null));
        }
    }

    @Test
    void onlyTheBackOfficeIsLetIn() {
        theatre.server()
                .http()
                .get()
                .uri("/v1/back-office/cases")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    private static List<String> numbers(CaseKind kind, CaseState state) throws ApiException {
        var numbers = new ArrayList<String>();
        String cursor = null;
        do {
            var page = cases.listCases(kind, state, null, null, null, null, null, cursor, 2);
            page.getItems().stream().map(CaseFile::getCaseNumber).forEach(numbers::add);
            cursor = page.getNextCursor();
        } while (cursor != null);
        return numbers;
    }

    private UnderReview overTheLimit(int places) {
        var email = "case-" + NUMBER.incrementAndGet() + "@example.org";
        var customer = buyers.customer(email);
        return Awaited.of(buyers.hold(customer, new Selection(theatre.performance(), null, "ga", places, "full"))
                .flatMap(cart -> buyers.checkOut(cart, customer, PurchaseMethod.INVOICE, email))
                .cast(UnderReview.class));
    }
}

package dev.abendkasse.server.cases;

import static dev.abendkasse.server.testing.Problems.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.api.CasesApi;
import dev.abendkasse.office.model.CaseComment;
import dev.abendkasse.office.model.CaseFile;
import dev.abendkasse.office.model.CaseMessageKind;
import dev.abendkasse.office.model.CaseQuestion;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CaseAnswer;
import dev.abendkasse.sdk.model.CaseState;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What customers see of their cases, what they are asked, and what they answer. */
class CaseQuestionTests {

    private static final Pattern LINK =
            Pattern.compile("https://shop\\.example\\.org/case#([0-9]{10})\\.([A-Za-z0-9_-]+)");

    private static Postbox postbox;
    private static Theatre theatre;
    private static CasesApi cases;

    @BeforeAll
    static void openTheTheatre() {
        postbox = Postbox.open();
        var settings = new HashMap<String, Object>(postbox.settings());
        settings.putAll(Map.of("abendkasse.checkout.credit-limit", "0", "abendkasse.order.sweep-every", "1h"));
        theatre = Theatre.open(settings);
        Theatre.execute(theatre.db(), "update shop set case_page_url = 'https://shop.example.org/case'");
        cases = theatre.office().cases();
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
        postbox.close();
    }

    @Test
    void customerSeesTheirCaseByTheOrdersSecretAndAsWhoTheyAre() throws ApiException {
        var review = Review.onAccount(theatre, 1);
        var grouped = new CaseNumber(review.caseNumber()).grouped();

        var seen = review.buyer().customerCases().getCase(grouped);

        assertThat(seen.getCaseNumber()).isEqualTo(review.caseNumber());
        assertThat(seen.getFormattedNumber()).isEqualTo(grouped);
        assertThat(seen.getState()).isEqualTo(CaseState.OPEN);
        assertThat(seen.getOrderId()).isEqualTo(review.order());
        assertThat(seen.getDeadline()).isEqualTo(review.now().getHeldUntil());
        assertThat(seen.getMessage()).isNotBlank();
        assertThat(customer(review).customerCases().getCase(review.caseNumber()).getCaseNumber())
                .isEqualTo(review.caseNumber());
    }

    @Test
    void numberWithASlipGetsAHintAndSomebodyElsesIsUnknown() throws ApiException {
        var review = Review.onAccount(theatre, 1);
        var stranger = Review.onAccount(theatre, 1);
        var number = review.caseNumber();
        var swapped = swapped(number);

        expect(422, "case-number-invalid", () -> review.buyer().customerCases().getCase(swapped));
        expect(404, "case-not-found", () -> stranger.buyer().customerCases().getCase(number));
        expect(404, "case-not-found", () -> customer(stranger).customerCases().getCase(number));
        expect(
                404,
                "case-not-found",
                () -> theatre.shop()
                        .withCaseToken("A".repeat(43))
                        .customerCases()
                        .getCase(number));
        expect(401, "unauthorized", () -> theatre.shop().customerCases().getCase(number));
    }

    @Test
    void whatStaffHaveToLookAfterAloneIsNobodyElsesToSee() throws ApiException {
        var review = Review.onAccount(theatre, 1);
        var number = CaseNumber.random().value();
        Theatre.execute(
                theatre.db(),
                "insert into case_file (case_number, kind, order_id, amount, currency) values ('" + number
                        + "', 'DISPUTE', '" + review.order() + "', 5000, 'EUR')");

        expect(404, "case-not-found", () -> review.buyer().customerCases().getCase(number));
    }

    @Test
    void questionIsMailedWithALinkUnderWhichItIsAnsweredOnce() throws Exception {
        var review = Review.onAccount(theatre, 1);

        var waiting = ask(review, "When does the school pay?");
        assertThat(waiting.getState().getValue()).isEqualTo("WAITING_FOR_CUSTOMER");
        assertThat(waiting.getDeadline()).isEqualTo(review.now().getHeldUntil());
        var token = tokenFrom(review, 2);
        var guest = theatre.shop().withCaseToken(token);

        assertThat(guest.customerCases().getCase(review.caseNumber()).getQuestion())
                .isEqualTo("When does the school pay?");
        var key = UUID.randomUUID();
        var answered = answer(guest, review, key);
        assertThat(answered.getState()).isEqualTo(CaseState.OPEN);
        assertThat(answered.getQuestion()).isNull();
        assertThat(answer(guest, review, key)).isEqualTo(answered);

        expect(409, "case-not-waiting", () -> answer(guest, review, UUID.randomUUID()));
        assertThat(review.file().getMessages())
                .extracting("kind")
                .containsExactly(CaseMessageKind.QUESTION, CaseMessageKind.ANSWER);
        assertThat(review.file().getMessages().getLast().getText()).isEqualTo("On the first of January.");
    }

    @Test
    void secretOfAQuestionOpensNoOtherCaseAndNoOrder() throws Exception {
        var review = Review.onAccount(theatre, 1);
        var other = Review.onAccount(theatre, 1);
        ask(review, "A question?");
        var guest = theatre.shop().withCaseToken(tokenFrom(review, 2));

        expect(404, "case-not-found", () -> guest.customerCases().getCase(other.caseNumber()));
        expect(401, "unauthorized", () -> guest.orders().getOrder(review.order()));
    }

    @Test
    void nobodyIsAskedWhoCannotAnswer() throws ApiException {
        var review = Review.onAccount(theatre, 1);
        Theatre.execute(theatre.db(), "update shop set case_page_url = null");
        try {
            expect(409, "case-page-missing", () -> ask(review, "A question?"));
        } finally {
            Theatre.execute(theatre.db(), "update shop set case_page_url = 'https://shop.example.org/case'");
        }
        Theatre.execute(
                theatre.db(),
                "update orders set buyer = buyer - 'email', customer_id = null where order_id = '" + review.order()
                        + "'");
        Theatre.execute(
                theatre.db(),
                "update case_file set customer_id = null where case_number = '" + review.caseNumber() + "'");

        expect(422, "contact-missing", () -> ask(review, "A question?"));
        assertThat(review.file().getMessages()).isEmpty();
    }

    @Test
    void commentIsForStaffAndStaysWhenTheCaseHasEnded() throws ApiException {
        var review = Review.onAccount(theatre, 1);
        review.approve();
        var key = UUID.randomUUID();

        var file = cases.commentOnCase(review.caseNumber(), key, new CaseComment().text("Called\nand thanked."));
        assertThat(cases.commentOnCase(review.caseNumber(), key, new CaseComment().text("Called\nand thanked.")))
                .isEqualTo(file);

        assertThat(file.getMessages()).singleElement().satisfies(message -> {
            assertThat(message.getKind()).isEqualTo(CaseMessageKind.COMMENT);
            assertThat(message.getBy()).isEqualTo("admin");
            assertThat(message.getText()).isEqualTo("Called\nand thanked.");
        });
        assertThat(review.buyer().customerCases().getCase(review.caseNumber()).toString())
                .doesNotContain("thanked");
    }

    private static CaseFile ask(Review review, String question) throws ApiException {
        return cases.askCustomer(
                review.caseNumber(), UUID.randomUUID(), review.version(), new CaseQuestion().text(question));
    }

    private static dev.abendkasse.sdk.model.CustomerCase answer(AbendkasseClient client, Review review, UUID key)
            throws ApiException {
        return client.customerCases()
                .answerCase(review.caseNumber(), key, new CaseAnswer().text("On the first of January."));
    }

    /** @param count how many mails the buyer has got with it */
    private static String tokenFrom(Review review, int count) throws Exception {
        for (var mail : postbox.mailsTo(review.email(), count)) {
            var link = LINK.matcher(MailFixture.read(mail).text());
            if (link.find()) {
                assertThat(link.group(1)).isEqualTo(review.caseNumber());
                return link.group(2);
            }
        }
        throw new AssertionError("No link has come");
    }

    private static AbendkasseClient customer(Review review) {
        return theatre.shop(theatre.server().tokenOf(review.customer()));
    }

    private static String swapped(String number) {
        for (int i = 0; i < 9; i++) {
            if (number.charAt(i) != number.charAt(i + 1)) {
                return number.substring(0, i) + number.charAt(i + 1) + number.charAt(i) + number.substring(i + 2);
            }
        }
        throw new AssertionError("All digits alike: " + number);
    }
}

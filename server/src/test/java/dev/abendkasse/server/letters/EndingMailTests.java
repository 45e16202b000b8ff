package dev.abendkasse.server.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.office.model.CancellationRequest;
import dev.abendkasse.office.model.PostponementRequest;
import dev.abendkasse.office.model.RefundOrderRequest;
import dev.abendkasse.office.model.StaffRefundReason;
import dev.abendkasse.sdk.AbendkasseClient;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.RetryPolicy;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.sdk.model.ItemSelection;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.mail.MailFixture;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Postbox;
import dev.abendkasse.server.testing.Theatre;
import jakarta.mail.internet.MimeMessage;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What buyers are written when things do not go as planned, read from real MIME. */
class EndingMailTests {

    private static Postbox postbox;
    private static Theatre house;

    /** A hall of the test's own. */
    private Theatre theatre;

    private final String email = "buyer-" + UUID.randomUUID() + "@example.org";

    @BeforeAll
    static void openTheTheatre() {
        postbox = Postbox.open();
        house = Theatre.open(postbox.settings());
    }

    @AfterAll
    static void closeTheTheatre() {
        house.close();
        postbox.close();
    }

    @BeforeEach
    void openAHall() {
        theatre = house.anotherHall(10);
    }

    @Test
    void cancelledReservation() throws Exception {
        var reserved = (Outcome.Reserved) buy(theatre.best("a", 1), PaymentMethod.PAY_LATER);
        postbox.mailTo(email);

        theatre.shop()
                .withOrderToken(reserved.orderToken())
                .orders()
                .cancelOrder(reserved.order().getOrderId(), UUID.randomUUID());

        is(postbox.mailsTo(email, 2).getLast(), reserved.order().getOrderNumber(), "storniert");
    }

    @Test
    void refundedOrder() throws Exception {
        var order = paid();

        theatre.office()
                .refundDesk()
                .refundOrder(
                        order,
                        UUID.randomUUID(),
                        new RefundOrderRequest()
                                .reason(StaffRefundReason.GOODWILL)
                                .note("Ill."));

        is(postbox.mailsTo(email, 2).getLast(), "50,00\u00a0€", "Geld zurück");
    }

    @Test
    void openedCase() throws Exception {
        var reviewed = (Outcome.UnderReview) buy(theatre.best("a", 3), PaymentMethod.PAY_LATER);

        is(postbox.mailTo(email), grouped(reviewed.caseNumber()), "Faust");
    }

    @Test
    void cancelledPerformanceWithTheMoneyThatGoesBack() throws Exception {
        paid();

        theatre.office()
                .performanceChanges()
                .cancelPerformance(
                        theatre.performance(),
                        UUID.randomUUID(),
                        new CancellationRequest().reason("The hall is closed"));

        is(postbox.mailsTo(email, 2).getLast(), "50,00\u00a0€", "Faust");
    }

    @Test
    void postponedPerformanceWithItsNewDate() throws Exception {
        paid();
        var start = OffsetDateTime.of(2099, 3, 14, 18, 30, 0, 0, ZoneOffset.UTC);

        theatre.office()
                .performanceChanges()
                .postponePerformance(
                        theatre.performance(),
                        UUID.randomUUID(),
                        new PostponementRequest()
                                .startsAt(start)
                                .refundUntil(OffsetDateTime.now(ZoneOffset.UTC)
                                        .plusDays(50)
                                        .truncatedTo(ChronoUnit.SECONDS))
                                .reason("The singer has lost her voice"));

        is(postbox.mailsTo(email, 2).getLast(), "14. März 2099, 19:30", "Faust");
    }

    /** In both forms. */
    private static void is(MimeMessage mail, String... texts) throws Exception {
        var opened = MailFixture.read(mail);
        assertThat(mail.getSubject() + opened.text()).contains(texts);
        assertThat(mail.getSubject() + opened.html()).contains(texts);
    }

    private UUID paid() throws ApiException {
        var outcome = (Outcome.PaymentRequired) buy(theatre.best("a", 1), PaymentMethod.CARD);
        PayPage.of(outcome.payment()).pay();
        postbox.mailTo(email);
        return outcome.orderId();
    }

    private static String grouped(String number) {
        return number.replaceFirst("(...)(...)(...)(.)", "$1 $2 $3 $4");
    }

    private Outcome buy(ItemSelection items, PaymentMethod method) throws ApiException {
        var shop = AbendkasseClient.at(theatre.address())
                .language("de")
                .retries(RetryPolicy.NONE)
                .build();
        var request = new CheckoutRequest().paymentMethod(method).buyer(Theatre.buyer(email));
        return Theatre.checkOut(shop, theatre.hold(items), UUID.randomUUID(), request);
    }
}

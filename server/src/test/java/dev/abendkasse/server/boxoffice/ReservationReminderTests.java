package dev.abendkasse.server.boxoffice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.BoxOfficeOrder;
import dev.abendkasse.sdk.model.BoxOfficeOrderCreation;
import dev.abendkasse.sdk.model.Contact;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.testing.Till;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A reservation's buyer is reminded before it ends. */
class ReservationReminderTests {

    private static Theatre theatre;
    private static Till till;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(Map.of("abendkasse.outbox.look-every", "200ms"));
        till = Till.ofStaff(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void reminderIsDueADayBeforeTheEnd() throws ApiException {
        var order = reserved(5);

        assertThat(theatre.count("select count(*) from outbox_message join orders on key like '%' || order_id || '%'"
                        + " where key like 'reservation-reminder:%' and due_at = pay_until - interval '1 day'"
                        + " and order_id = '" + order.getOrderId() + "'"))
                .isOne();
    }

    @Test
    void reservationThatEndsSoonIsNotSpokenOfAgain() throws ApiException {
        var order = reserved(1);

        assertThat(reminders(order, "WAITING")).isZero();
    }

    @Test
    void d17ReminderOfAnEndThatWasPutOffIsNotSent() throws ApiException {
        var order = reserved(5);
        till.reserve(order, inDays(6));
        assertThat(reminders(order, "WAITING")).isEqualTo(2);

        letTheDayCome(order);

        PayPage.await(() -> reminders(order, "DONE"), done -> done == 2);
        assertThat(mails(order)).isOne();
    }

    @Test
    void d17ReservationThatWasPaidIsNotRemindedOf() throws ApiException {
        var order = reserved(5);
        var taken = till.hijack(order.getOrderId());
        till.pay(taken, taken.getOwed().getAmount());

        letTheDayCome(order);

        PayPage.await(() -> reminders(order, "DONE"), done -> done == 1);
        assertThat(mails(order)).isZero();
    }

    private static BoxOfficeOrder reserved(int days) throws ApiException {
        var buyer = new Contact().name("Example Buyer").email("buyer-" + UUID.randomUUID() + "@example.org");
        var order = till.sell(
                new BoxOfficeOrderCreation().items(theatre.best("ga", 1)).buyer(buyer));
        return till.reserve(order, inDays(days));
    }

    private static OffsetDateTime inDays(int days) {
        return OffsetDateTime.now().plusDays(days).truncatedTo(ChronoUnit.SECONDS);
    }

    private static void letTheDayCome(BoxOfficeOrder order) {
        Theatre.execute(
                theatre.db(),
                "update outbox_message set due_at = clock_timestamp() where key like 'reservation-reminder:"
                        + order.getOrderId() + "%'");
    }

    private static long reminders(BoxOfficeOrder order, String state) {
        return theatre.count("select count(*) from outbox_message where state = '" + state
                + "' and key like 'reservation-reminder:" + order.getOrderId() + "%'");
    }

    private static long mails(BoxOfficeOrder order) {
        return theatre.count("select count(*) from mailbox_mail join outbox_message on mail_id = message_id"
                + " where key like 'reservation-reminder:" + order.getOrderId() + "%'");
    }
}

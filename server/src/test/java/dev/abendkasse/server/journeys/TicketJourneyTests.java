package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.abendkasse.sdk.AbendkasseProblem;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.api.TicketsApi;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CheckInResult;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.sdk.model.SeatLabel;
import dev.abendkasse.sdk.model.Ticket;
import dev.abendkasse.sdk.model.TicketState;
import dev.abendkasse.server.document.PdfPages;
import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Entrance;
import dev.abendkasse.server.testing.Entrance.Bought;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.Theatre;
import dev.abendkasse.server.ticket.OfflineGate;
import dev.abendkasse.server.ticket.OfflineGate.Read;
import dev.abendkasse.server.ticket.Tickets;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** From the order to the door: what buyers get of their tickets. */
class TicketJourneyTests {

    private static Theatre theatre;
    private static Entrance entrance;

    @BeforeAll
    static void openTheTheatre() {
        theatre = Theatre.open(TestDatabase.fresh(), 200, Map.of());
        entrance = Entrance.of(theatre);
    }

    @AfterAll
    static void closeTheTheatre() {
        theatre.close();
    }

    @Test
    void ticketsAreBoughtListedPrintedAndAdmittedOnce() throws Exception {
        var bought = entrance.buy("r1-1", "r1-2");
        var tickets = entrance.tickets(bought);

        assertThat(tickets)
                .extracting(Ticket::getSeat)
                .extracting(SeatLabel::getSeatId)
                .containsExactly("r1-1", "r1-2");
        assertThat(tickets).allSatisfy(ticket -> {
            assertThat(ticket.getState()).isEqualTo(TicketState.VALID);
            assertThat(ticket.getTitle()).isEqualTo("Faust");
            assertThat(ticket.getPriceTypeName()).isEqualTo("Normal");
            assertThat(ticket.getPerformanceId()).isEqualTo(theatre.performance());
        });
        var pages = download(bought, "de");
        assertThat(pages.count()).isEqualTo(2);
        assertThat(pages.code(0)).isEqualTo(tickets.getFirst().getCode());
        assertThat(pages.code(1)).isEqualTo(tickets.getLast().getCode());

        assertThat(entrance.checkIn(pages.code(0)).getResult()).isEqualTo(CheckInResult.ADMITTED);
        assertThat(entrance.checkIn(pages.code(0)).getResult()).isEqualTo(CheckInResult.ALREADY_ADMITTED);
        assertThat(entrance.tickets(bought))
                .extracting(Ticket::getState)
                .containsExactly(TicketState.ADMITTED, TicketState.VALID);
    }

    @Test
    void printedCodeIsCheckedWithThePublishedKeysAlone() throws Exception {
        var bought = entrance.buy("r2-1");
        var offline = new OfflineGate(entrance.gate().listTicketKeys().getKeys());

        assertThat(offline.read(download(bought, "en").code(0)))
                .contains(new Read(entrance.tickets(bought).getFirst().getTicketId(), theatre.performance()));
        assertThat(offline.read("A".repeat(160))).isEmpty();
    }

    @Test
    void pagesAreInTheLanguageAskedFor() throws Exception {
        var bought = entrance.buy("r2-2");

        assertThat(download(bought, "de").texts().getFirst()).contains("Reihe", "Platz", "Auftrag");
        assertThat(download(bought, "en-GB, de;q=0.5").texts().getFirst()).contains("Row", "Seat", "Order");
        assertThat(download(bought, "xx").texts().getFirst()).contains("Row", "Seat", "Order");
        assertThat(download(bought, "de").language()).isEqualTo("de");
    }

    @Test
    void placesOfGeneralAdmissionHaveTicketsToo() throws Exception {
        var bought = entrance.buy(theatre.best("ga", 3));

        assertThat(entrance.tickets(bought)).hasSize(3).allSatisfy(ticket -> {
            assertThat(ticket.getSeat()).isNull();
            assertThat(ticket.getCategoryName()).isEqualTo("Stehplatz");
        });
        assertThat(download(bought, "de").texts()).hasSize(3).allMatch(text -> text.contains("Freie Platzwahl"));
    }

    @Test
    void eachOfAHundredTicketsOfAnOrderHasAPageAndACodeOfItsOwn() throws Exception {
        var seats = IntStream.range(100, 200)
                .mapToObj(seat -> "r" + (seat / 10 + 1) + "-" + (seat % 10 + 1))
                .toArray(String[]::new);
        var bought = entrance.buy(seats);

        var pages = download(bought, "de");

        assertThat(pages.count()).isEqualTo(100);
        assertThat(entrance.tickets(bought))
                .extracting(Ticket::getCode)
                .doesNotHaveDuplicates()
                .hasSize(100);
        assertThat(pages.code(99)).isEqualTo(entrance.tickets(bought).getLast().getCode());
    }

    @Test
    void orderThatIsNotConfirmedHasNoTickets() throws ApiException {
        Theatre.execute(theatre.db(), "update price set amount = 5000 where price_type = 'reduced'");
        var cart = theatre.hold(theatre.seats("r3-1").priceType("reduced"));
        var unpaid = (Outcome.PaymentRequired) theatre.checkOut(cart, PaymentMethod.CARD);
        var bought = new Bought(unpaid.orderId(), unpaid.orderToken());

        assertThat(entrance.tickets(bought)).isEmpty();
        assertThat(problem(() -> tickets(bought.token()).downloadTickets(bought.orderId())))
                .isEqualTo("409 no-tickets");
    }

    @Test
    void revokedTicketsAreListedWithoutACodeAndNotPrinted() throws Exception {
        var bought = entrance.buy("r3-2", "r3-3");
        Theatre.execute(theatre.db(), """
                select revoke_tickets(order_id, 'REFUNDED', array[item_id]) from order_item join place using (performance_id, place_no)
                 where order_id = '%s' and seat_id = 'r3-2'
                """.formatted(bought.orderId()));

        var tickets = entrance.tickets(bought);

        assertThat(tickets).extracting(Ticket::getState).containsExactly(TicketState.REVOKED, TicketState.VALID);
        assertThat(tickets.getFirst().getCode()).isNull();
        assertThat(download(bought, "de").count()).isOne();
        entrance.revoke(bought, "CANCELLED");
        assertThat(problem(() -> tickets(bought.token()).downloadTickets(bought.orderId())))
                .isEqualTo("409 no-tickets");
    }

    @Test
    void ticketsAreForWhoeverHasTheOrdersTokenAndNobodyElse() throws ApiException {
        var bought = entrance.buy("r4-1");
        var other = entrance.buy("r4-2");

        assertThat(problem(() -> tickets(other.token()).listTickets(bought.orderId())))
                .isEqualTo("404 order-not-found");
        assertThat(problem(() -> tickets(other.token()).downloadTickets(bought.orderId())))
                .isEqualTo("404 order-not-found");
        assertThat(problem(() -> theatre.shop().tickets().listTickets(bought.orderId())))
                .isEqualTo("401 unauthorized");
        assertThat(problem(() -> theatre.shop().tickets().downloadTickets(bought.orderId())))
                .isEqualTo("401 unauthorized");
    }

    @Test
    void postponedTicketShowsTheNewDate() throws Exception {
        var hall = theatre.anotherHall(10);
        Theatre.execute(theatre.db(), "update price set amount = 0");
        var bought = entrance.buy(hall.seats("r1-1"));
        Theatre.execute(
                theatre.db(),
                "update performance set starts_at = '2031-03-01T19:00:00Z', state = 'POSTPONED'"
                        + " where performance_id = '" + hall.performance() + "'");

        assertThat(download(bought, "de").texts().getFirst()).contains("Samstag, 1. März 2031", "20:00 Uhr");
    }

    @Test
    void ticketsOfBeforeANewKeyAreStillGoodAndNewOnesAreSignedWithIt() throws Exception {
        var before = entrance.ticket("r6-1").getCode();
        var keys = theatre.office().ticketKeys().rotateTicketKey().getKeys();
        var after = entrance.ticket("r6-2").getCode();

        var offline = new OfflineGate(entrance.gate().listTicketKeys().getKeys());
        assertThat(offline.read(before)).isPresent();
        assertThat(new OfflineGate(entrance.gate().listTicketKeys().getKeys().subList(0, 1)).read(after))
                .isPresent();
        assertThat(keys).hasSizeGreaterThan(1);
        assertThat(entrance.checkIn(before).getResult()).isEqualTo(CheckInResult.ADMITTED);
        assertThat(entrance.checkIn(after).getResult()).isEqualTo(CheckInResult.ADMITTED);
    }

    @Test
    void mailGetsTheTicketsByTheOrderAlone() throws ApiException {
        var bought = entrance.buy("r5-1");
        var tickets = theatre.server().bean(Tickets.class);

        var pdf = Awaited.of(tickets.pdfOf(new OrderId(bought.orderId()), Locale.GERMAN));

        assertThat(PdfPages.of(pdf).count()).isOne();
        tickets.pdfOf(new OrderId(UUID.randomUUID()), Locale.GERMAN)
                .as(StepVerifier::create)
                .verifyComplete();
    }

    private static TicketsApi tickets(String token) {
        return theatre.shop().withOrderToken(token).tickets();
    }

    private static PdfPages download(Bought bought, String language) throws ApiException, IOException {
        var file = tickets(bought.token()).downloadTickets(bought.orderId(), Map.of("Accept-Language", language));
        try {
            return PdfPages.of(Files.readAllBytes(file.toPath()));
        } finally {
            Files.delete(file.toPath());
        }
    }

    private interface Call {
        Object make() throws ApiException;
    }

    private static String problem(Call call) {
        var failure = catchThrowableOfType(ApiException.class, call::make);
        return failure.getCode() + " "
                + AbendkasseProblem.from(failure).orElseThrow().getCode();
    }
}

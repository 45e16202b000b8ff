package dev.abendkasse.server.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.document.DocumentProperties;
import dev.abendkasse.server.document.Documents;
import dev.abendkasse.server.document.PdfPages;
import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.testing.Awaited;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a printed ticket looks like. */
class TicketPdfTests {

    private static final Documents DOCUMENTS = new Documents(new DocumentProperties(2, 20));

    private static final String CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".repeat(5);

    private static final Item.SeatLabel SEAT = new Item.SeatLabel("parkett-5-12", "Parkett links", "5", "12");

    private static final ZonedDateTime START = ZonedDateTime.of(2026, 12, 12, 19, 30, 0, 0, ZoneId.of("Europe/Berlin"));

    @AfterAll
    static void close() {
        DOCUMENTS.destroy();
    }

    @Test
    void germanTicketSaysEverythingThatAnUsherAndItsBearerNeed() {
        var pages = pages(Locale.GERMAN, ticket("Die Entführung aus dem Serail", SEAT));

        assertThat(pages.count()).isOne();
        assertThat(pages.texts().getFirst())
                .contains("Die Entführung aus dem Serail", "Großes Haus", "Samstag, 12. Dezember 2026", "19:30 Uhr")
                .contains("Parkett links", "Reihe", "5", "Platz", "12")
                .contains("Kategorie A", "Ermäßigt", "49,50\u00a0€", "Auftrag 100042");
        assertThat(pages.title()).isEqualTo("Eintrittskarten");
    }

    @Test
    void englishTicketHasEnglishTexts() {
        assertThat(pages(Locale.ENGLISH, ticket("Faust", SEAT)).texts().getFirst())
                .contains("Saturday, 12 December 2026", "19:30", "Row", "Seat", "€49.50", "Order 100042")
                .doesNotContain("Reihe", "Uhr");
    }

    @Test
    void placeOfGeneralAdmissionHasNoRow() {
        assertThat(pages(Locale.GERMAN, ticket("Faust", null)).texts().getFirst())
                .contains("Freie Platzwahl")
                .doesNotContain("Reihe");
    }

    @Test
    void hallWithoutSectionsPrintsNone() {
        var seat = new Item.SeatLabel("5-12", "", "5", "12");

        assertThat(pages(Locale.GERMAN, ticket("Faust", seat)).texts().getFirst())
                .contains("Reihe")
                .doesNotContain("Bereich");
    }

    @ParameterizedTest
    @ValueSource(strings = {"能楽 und 文楽", "Вишнёвый сад", "Αντιγόνη", "Příliš žluťoučký kůň", "<b>&amp;"})
    void titlesInAnyLettersArePrintedOrLeaveASign(String title) {
        var pages = pages(Locale.GERMAN, ticket(title, SEAT));

        assertThat(pages.count()).isOne();
        assertThat(pages.code(0)).isEqualTo(CODE);
    }

    @Test
    void longestTextsStayOnOnePageAndItsCodeCanBeRead() {
        var longest = "Donaudampfschifffahrtsgesellschaft ".repeat(6).substring(0, 200);
        var seat = new Item.SeatLabel("x", longest, longest, longest);
        var pages = pages(
                Locale.GERMAN,
                new PrintedTicket(
                        longest, longest, START, seat, longest, longest, Money.of(4950, "EUR"), "1", "2", CODE));

        assertThat(pages.count()).isOne();
        assertThat(pages.code(0)).isEqualTo(CODE);
    }

    @Test
    void eachOfAHundredTicketsHasAPageOfItsOwn() {
        var tickets = IntStream.range(0, 100)
                .mapToObj(seat -> ticket("Faust", new Item.SeatLabel("s" + seat, "Parkett", "1", "N" + seat)))
                .toList();
        var pages = PdfPages.of(Awaited.of(DOCUMENTS.pdf("ticket", Map.of("tickets", tickets), Locale.GERMAN)));

        assertThat(pages.count()).isEqualTo(100);
        var texts = pages.texts();
        for (int seat = 0; seat < 100; seat++) {
            assertThat(texts.get(seat)).contains("N" + seat + "\n");
        }
    }

    private static PdfPages pages(Locale locale, PrintedTicket... tickets) {
        return PdfPages.of(Awaited.of(DOCUMENTS.pdf("ticket", Map.of("tickets", List.of(tickets)), locale)));
    }

    private static PrintedTicket ticket(String title, Item.SeatLabel seat) {
        return new PrintedTicket(
                title,
                "Großes Haus",
                START,
                seat,
                "Kategorie A",
                "Ermäßigt",
                Money.of(4950, "EUR"),
                "100042",
                UUID.randomUUID().toString(),
                CODE);
    }
}

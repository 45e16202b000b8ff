package dev.abendkasse.server.letters;

import dev.abendkasse.server.letters.domain.Letter.CaseState;
import dev.abendkasse.server.letters.domain.LetterFacts;
import dev.abendkasse.server.letters.domain.LetterFacts.Change;
import dev.abendkasse.server.letters.domain.LetterFacts.ChangeKind;
import dev.abendkasse.server.letters.domain.LetterFacts.Link;
import dev.abendkasse.server.letters.domain.LetterFacts.Matter;
import dev.abendkasse.server.letters.domain.LetterFacts.Order;
import dev.abendkasse.server.letters.domain.LetterFacts.Place;
import dev.abendkasse.server.letters.domain.LetterFacts.Recipient;
import dev.abendkasse.server.letters.domain.LetterFacts.Refund;
import dev.abendkasse.server.letters.domain.LetterFacts.Showing;
import dev.abendkasse.server.shared.Item.Price;
import dev.abendkasse.server.shared.OrderView.PaymentStatus;
import dev.abendkasse.server.shared.OrderView.State;
import dev.abendkasse.server.shared.PurchaseMethod;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order to write about, with one thing or another about it changed. */
record FactsFixture(
        State state,
        PaymentStatus paymentStatus,
        long paid,
        String language,
        String name,
        boolean received,
        boolean returned,
        List<Place> places,
        @Nullable Matter matter,
        @Nullable Link link,
        @Nullable Refund refund,
        @Nullable Change change) {

    static final Instant START = Instant.parse("2026-12-24T18:30:00Z");
    private static final Instant DEADLINE = Instant.parse("2026-12-01T11:00:00Z");
    private static final Place SEAT = new Place("A", "Parkett", "3", "12", "Ermäßigt", eur(3_000));
    static final Place SEAT_OF_A_SMALL_HALL = new Place("A", null, "3", "12", "Normal", eur(5_000));
    private static final Place STANDING = new Place("Stehplatz", null, null, null, "Normal", eur(5_000));

    static FactsFixture of(State state) {
        return new FactsFixture(
                state,
                PaymentStatus.UNPAID,
                0,
                "de",
                "Käthe Müßig",
                false,
                false,
                List.of(SEAT, STANDING),
                null,
                null,
                null,
                null);
    }

    FactsFixture paid(PaymentStatus status) {
        return new FactsFixture(
                state, status, 8_000, language, name, true, returned, places, matter, link, refund, change);
    }

    FactsFixture in(String language) {
        return new FactsFixture(
                state, paymentStatus, paid, language, name, received, returned, places, matter, link, refund, change);
    }

    FactsFixture named(String name) {
        return new FactsFixture(
                state, paymentStatus, paid, language, name, received, returned, places, matter, link, refund, change);
    }

    FactsFixture at(Place place) {
        return new FactsFixture(
                state,
                paymentStatus,
                paid,
                language,
                name,
                received,
                returned,
                List.of(place),
                matter,
                link,
                refund,
                change);
    }

    FactsFixture withReturns() {
        return new FactsFixture(
                state, paymentStatus, paid, language, name, received, true, places, matter, link, refund, change);
    }

    FactsFixture matter(CaseState state) {
        return new FactsFixture(
                this.state,
                paymentStatus,
                paid,
                language,
                name,
                received,
                returned,
                places,
                new Matter("1234567894", state),
                link,
                refund,
                change);
    }

    FactsFixture link(boolean open) {
        return new FactsFixture(
                state,
                paymentStatus,
                paid,
                language,
                name,
                received,
                returned,
                places,
                matter,
                new Link(UUID.randomUUID(), open, DEADLINE, eur(8_000)),
                refund,
                change);
    }

    FactsFixture refund(Refund.Reason reason, boolean byHand) {
        return new FactsFixture(
                state,
                paymentStatus,
                paid,
                language,
                name,
                received,
                returned,
                places,
                matter,
                link,
                new Refund(eur(3_000), reason, byHand),
                change);
    }

    FactsFixture cancelled() {
        return change(ChangeKind.CANCELLATION, null, null, true, true);
    }

    FactsFixture postponed(@Nullable Instant refundUntil) {
        return change(ChangeKind.POSTPONEMENT, START.plusSeconds(86_400), refundUntil, true, true);
    }

    FactsFixture change(
            ChangeKind kind,
            @Nullable Instant after,
            @Nullable Instant refundUntil,
            boolean concerned,
            boolean latest) {
        var change =
                new Change(kind, "Faust", "Großes Haus", "Europe/Berlin", START, after, refundUntil, concerned, latest);
        return new FactsFixture(
                state, paymentStatus, paid, language, name, received, returned, places, matter, link, refund, change);
    }

    LetterFacts facts() {
        var order = new Order(
                UUID.randomUUID(),
                "100000",
                state,
                paymentStatus,
                PurchaseMethod.INVOICE,
                DEADLINE,
                eur(8_000),
                eur(paid),
                new Recipient(name));
        var showing = new Showing("Faust", "Großes Haus", START, "Europe/Berlin", places);
        return new LetterFacts(
                START.minusSeconds(86_400 * 30),
                order,
                language,
                "Theater am Markt",
                "buyer@example.org",
                received,
                returned,
                List.of(showing),
                matter,
                link,
                refund,
                change);
    }

    private static Price eur(long amount) {
        return new Price(amount, "EUR");
    }
}

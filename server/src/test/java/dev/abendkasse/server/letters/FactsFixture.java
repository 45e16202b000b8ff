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
import dev.abendkasse.server.shared.OrderView.BankTransfer;
import dev.abendkasse.server.shared.OrderView.PaymentStatus;
import dev.abendkasse.server.shared.OrderView.State;
import dev.abendkasse.server.shared.PurchaseMethod;
import dev.abendkasse.server.testing.BankTheatre;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An order to write about, with one thing or another about it changed. Each change makes another one. */
final class FactsFixture implements Cloneable {

    static final Instant START = Instant.parse("2026-12-24T18:30:00Z");
    static final Place SEAT_OF_A_SMALL_HALL = new Place("A", null, "3", "12", "Normal", eur(5_000));

    static final Instant DEADLINE = Instant.parse("2026-12-01T11:00:00Z");
    private static final Place SEAT = new Place("A", "Parkett", "3", "12", "Ermäßigt", eur(3_000));
    private static final Place STANDING = new Place("Stehplatz", null, null, null, "Normal", eur(5_000));

    private final State state;
    private PaymentStatus paymentStatus = PaymentStatus.UNPAID;
    private PurchaseMethod method = PurchaseMethod.PAY_LATER;
    private long paid;
    private String language = "de";
    private String name = "Käthe Müßig";
    private @Nullable Instant reminded;
    private boolean received;
    private boolean returned;
    private List<Place> places = List.of(SEAT, STANDING);
    private @Nullable BankTransfer transfer;
    private @Nullable Matter matter;
    private @Nullable Link link;
    private @Nullable Refund refund;
    private @Nullable Change change;

    private FactsFixture(State state) {
        this.state = state;
    }

    static FactsFixture of(State state) {
        return new FactsFixture(state);
    }

    FactsFixture paid(PaymentStatus status) {
        return with(other -> {
            other.paymentStatus = status;
            other.paid = 8_000;
            other.received = true;
        });
    }

    FactsFixture byTransfer(PurchaseMethod method) {
        return with(other -> {
            other.method = method;
            other.transfer = new BankTransfer("Theater am Markt", BankTheatre.IBAN, null, "R-100000");
        });
    }

    FactsFixture remindedOf(Instant end) {
        return with(other -> other.reminded = end);
    }

    FactsFixture in(String language) {
        return with(other -> other.language = language);
    }

    FactsFixture named(String name) {
        return with(other -> other.name = name);
    }

    FactsFixture at(Place place) {
        return with(other -> other.places = List.of(place));
    }

    FactsFixture withReturns() {
        return with(other -> other.returned = true);
    }

    FactsFixture matter(CaseState state) {
        return with(other -> other.matter = new Matter("1234567894", state));
    }

    FactsFixture link(boolean open) {
        return with(other -> other.link = new Link(UUID.randomUUID(), open, DEADLINE, eur(8_000)));
    }

    FactsFixture refund(Refund.Reason reason, boolean byHand) {
        return with(other -> other.refund = new Refund(eur(3_000), reason, byHand));
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
        return with(other -> other.change = new Change(
                kind, "Faust", "Großes Haus", "Europe/Berlin", START, after, refundUntil, concerned, latest));
    }

    LetterFacts facts() {
        var order = new Order(
                UUID.randomUUID(),
                "100000",
                state,
                paymentStatus,
                method,
                DEADLINE,
                eur(8_000),
                eur(paid),
                transfer,
                new Recipient(name));
        var showing = new Showing("Faust", "Großes Haus", START, "Europe/Berlin", places);
        return new LetterFacts(
                START.minusSeconds(86_400 * 30),
                order,
                language,
                "Theater am Markt",
                "buyer@example.org",
                reminded,
                received,
                returned,
                List.of(showing),
                matter,
                link,
                refund,
                change);
    }

    private FactsFixture with(Consumer<FactsFixture> change) {
        try {
            var other = (FactsFixture) clone();
            change.accept(other);
            return other;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Price eur(long amount) {
        return new Price(amount, "EUR");
    }
}

package dev.abendkasse.server.letters.domain;

import dev.abendkasse.server.shared.Item.Price;
import dev.abendkasse.server.shared.OrderView.BankTransfer;
import dev.abendkasse.server.shared.OrderView.PaymentStatus;
import dev.abendkasse.server.shared.OrderView.State;
import dev.abendkasse.server.shared.PurchaseMethod;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order and what belongs to it, as things are now. The names of the components are those that the database writes.
 *
 * @param sender the organiser's name
 * @param email where letters go: the customer's present address, or the one that a guest typed; null when there is none
 * @param remindedOf the end of the reservation that the letter reminds of
 * @param received whether any money has come in, even if it has gone back since
 * @param returned whether some of what was bought was given back or cancelled
 * @param matter the case that the letter names, or the latest that people decide
 */
public record LetterFacts(
        Instant now,
        Order order,
        String language,
        String sender,
        @Nullable String email,
        @Nullable Instant remindedOf,
        boolean received,
        boolean returned,
        List<Showing> showings,
        @Nullable Matter matter,
        @Nullable Link link,
        @Nullable Refund refund,
        @Nullable Change change) {

    /** One whose deadline has passed is EXPIRED, whether or not anything has swept it. */
    public record Order(
            UUID orderId,
            String orderNumber,
            State state,
            PaymentStatus paymentStatus,
            @Nullable PurchaseMethod paymentMethod,
            @Nullable Instant payUntil,
            Price total,
            Price paid,
            @Nullable BankTransfer bankTransfer,
            Recipient buyer) {

        /** What is still to be paid. */
        public Price open() {
            return new Price(Math.max(0, total.amount() - paid.amount()), total.currency());
        }
    }

    /** Who bought it, if that is known. */
    public record Recipient(@Nullable String name) {}

    /** A performance and the buyer's places in it. */
    public record Showing(String title, String hall, Instant startsAt, String timeZone, List<Place> places) {}

    /** A seat, or a place of general admission, which has no row and number. */
    public record Place(
            String category,
            @Nullable String section,
            @Nullable String row,
            @Nullable String seat,
            String priceType,
            Price price) {}

    /** A case. */
    public record Matter(String number, Letter.CaseState state) {}

    /** @param open whether it can be paid now */
    public record Link(UUID linkId, boolean open, Instant expiresAt, Price amount) {}

    /** @param byHand whether people have to pay it out */
    public record Refund(Price amount, Reason reason, boolean byHand) {

        /** Why money goes back. */
        public enum Reason {
            BUYER_REQUEST,
            WITHDRAWAL,
            STAFF_ERROR,
            GOODWILL,
            PERFORMANCE_CANCELLED,
            PERFORMANCE_POSTPONED,
            LATE_PAYMENT,
            OVERPAYMENT
        }
    }

    /** What the organiser does to a performance. */
    public enum ChangeKind {
        CANCELLATION,
        POSTPONEMENT
    }

    /**
     * What the organiser has done to a performance.
     *
     * @param concerned whether the order has places in it
     * @param latest whether nothing has been changed since
     */
    public record Change(
            ChangeKind kind,
            String title,
            String hall,
            String timeZone,
            Instant startsBefore,
            @Nullable Instant startsAfter,
            @Nullable Instant refundUntil,
            boolean concerned,
            boolean latest) {}
}

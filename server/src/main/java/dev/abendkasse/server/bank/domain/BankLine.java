package dev.abendkasse.server.bank.domain;

import dev.abendkasse.server.shared.Item.Price;
import dev.abendkasse.server.shared.OrderView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A credit on a statement.
 *
 * @param candidates the orders whose numbers stand in its text; none once it is done
 */
public record BankLine(
        UUID lineId,
        UUID statementId,
        int row,
        State state,
        LocalDate bookedOn,
        LocalDate valueDate,
        Price amount,
        String text,
        String payer,
        String payerAccount,
        List<Candidate> candidates,
        @Nullable UUID receivedPaymentId,
        @Nullable String endedBy,
        @Nullable Instant endedAt,
        @Nullable String reason) {

    public enum State {
        OPEN,
        BOOKED,
        DISMISSED
    }

    /**
     * An order that a line may be for.
     *
     * @param createdOn by the organiser's calendar
     * @param owed what it still wants; one that has run out may get its seats again for it
     */
    public record Candidate(
            UUID orderId,
            String orderNumber,
            @Nullable String invoiceNumber,
            OrderView.State orderState,
            LocalDate createdOn,
            Price owed) {}
}

package dev.abendkasse.server.bank.web;

import dev.abendkasse.api.model.BankLineBooking;
import dev.abendkasse.api.model.BankLineCandidate;
import dev.abendkasse.api.model.BankLineMatch;
import dev.abendkasse.api.model.BankLinePage;
import dev.abendkasse.api.model.BankLineState;
import dev.abendkasse.api.model.BankStatementPage;
import dev.abendkasse.api.model.BookingOutcome;
import dev.abendkasse.api.model.OrderState;
import dev.abendkasse.api.model.PaymentStatus;
import dev.abendkasse.api.model.ReceivedPaymentDraft;
import dev.abendkasse.api.model.ReceivedPaymentPage;
import dev.abendkasse.server.bank.domain.BankLine;
import dev.abendkasse.server.bank.domain.BankStatement;
import dev.abendkasse.server.bank.domain.Booking.Transfer;
import dev.abendkasse.server.bank.domain.BookingResult;
import dev.abendkasse.server.bank.domain.ExactBookings;
import dev.abendkasse.server.bank.domain.LineResult;
import dev.abendkasse.server.bank.domain.OrderName;
import dev.abendkasse.server.bank.domain.Proposal;
import dev.abendkasse.server.bank.domain.ReceivedPayment;
import dev.abendkasse.server.shared.Item.Price;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.PurchaseMapper;
import org.jspecify.annotations.Nullable;

/** Contract types on one side, domain types on the other. Names of states are the same on both. */
final class BankMapper {

    private BankMapper() {}

    static OrderName toOrder(ReceivedPaymentDraft draft) {
        var name = new OrderName(draft.getOrderId(), draft.getOrderNumber(), draft.getInvoiceNumber());
        if (name.parts() != 1) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#", "{fault.one-order}"));
        }
        return name;
    }

    static OrderName toOrder(BankLineBooking booking) {
        var name = new OrderName(booking.getOrderId(), booking.getOrderNumber(), booking.getInvoiceNumber());
        if (name.parts() > 1) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#", "{fault.one-order-at-most}"));
        }
        return name;
    }

    static Transfer toTransfer(ReceivedPaymentDraft draft) {
        var amount = draft.getAmount();
        if (amount.getAmount() == 0) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, Fault.at("#/amount/amount", "{fault.not-positive}"));
        }
        return new Transfer(amount.getAmount(), amount.getCurrency(), draft.getValueDate(), draft.getNote());
    }

    /** The only thing in a draft that the database knows to be wrong is a day that is still to come. */
    static dev.abendkasse.api.model.ReceivedPayment bookedOrProblem(BookingResult result) {
        return switch (result) {
            case BookingResult.Booked(var payment) -> toContract(payment);
            case BookingResult.Refused(var problem) ->
                throw problem == ProblemType.INVALID_REQUEST
                        ? new ProblemException(problem, Fault.at("#/valueDate", "{fault.in-the-future}"))
                        : new ProblemException(problem);
        };
    }

    static dev.abendkasse.api.model.BankLine dismissedOrProblem(LineResult result) {
        return switch (result) {
            case LineResult.Taken(var line) -> toContract(line);
            case LineResult.Refused(var problem) -> throw new ProblemException(problem);
            case LineResult.BookedBefore _ -> throw new IllegalStateException("No line is dismissed under a key");
        };
    }

    static ReceivedPaymentPage toPage(Page<ReceivedPayment> page) {
        return new ReceivedPaymentPage()
                .items(page.items().stream().map(BankMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static BankStatementPage toStatements(Page<BankStatement> page) {
        return new BankStatementPage()
                .items(page.items().stream().map(BankMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static BankLinePage toLines(Page<BankLine> page) {
        return new BankLinePage()
                .items(page.items().stream().map(BankMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static BankLine.@Nullable State toState(@Nullable BankLineState state) {
        return state == null ? null : BankLine.State.valueOf(state.name());
    }

    static dev.abendkasse.api.model.ExactBookings toContract(ExactBookings bookings) {
        return new dev.abendkasse.api.model.ExactBookings()
                .booked(bookings.booked())
                .open(bookings.open())
                .more(bookings.more());
    }

    static dev.abendkasse.api.model.BankStatement toContract(BankStatement statement) {
        return new dev.abendkasse.api.model.BankStatement()
                .statementId(statement.statementId())
                .uploadedBy(statement.uploadedBy())
                .uploadedAt(statement.uploadedAt())
                .lines(statement.lines())
                .open(statement.open())
                .booked(statement.booked())
                .dismissed(statement.dismissed())
                .seenBefore(statement.seenBefore())
                .passedOver(statement.passedOver());
    }

    private static dev.abendkasse.api.model.BankLine toContract(BankLine line) {
        var isOpen = line.state() == BankLine.State.OPEN;
        return new dev.abendkasse.api.model.BankLine()
                .lineId(line.lineId())
                .statementId(line.statementId())
                .row(line.row())
                .state(BankLineState.valueOf(line.state().name()))
                .bookedOn(line.bookedOn())
                .valueDate(line.valueDate())
                .amount(toContract(line.amount()))
                .text(line.text())
                .payer(line.payer())
                .payerAccount(line.payerAccount())
                .match(isOpen ? BankLineMatch.valueOf(Proposal.of(line).match().name()) : null)
                .candidates(
                        line.candidates().stream().map(BankMapper::toContract).toList())
                .receivedPaymentId(line.receivedPaymentId())
                .endedBy(line.endedBy())
                .endedAt(line.endedAt())
                .reason(line.reason());
    }

    private static BankLineCandidate toContract(BankLine.Candidate candidate) {
        return new BankLineCandidate()
                .orderId(candidate.orderId())
                .orderNumber(candidate.orderNumber())
                .invoiceNumber(candidate.invoiceNumber())
                .orderState(OrderState.valueOf(candidate.orderState().name()))
                .owed(toContract(candidate.owed()));
    }

    private static dev.abendkasse.api.model.ReceivedPayment toContract(ReceivedPayment payment) {
        var back = payment.toGiveBack();
        return new dev.abendkasse.api.model.ReceivedPayment()
                .receivedPaymentId(payment.receivedPaymentId())
                .orderId(payment.orderId())
                .orderNumber(payment.orderNumber())
                .bankLineId(payment.bankLineId())
                .amount(toContract(payment.amount()))
                .valueDate(payment.valueDate())
                .inTime(payment.inTime())
                .outcome(BookingOutcome.valueOf(payment.outcome().name()))
                .toGiveBack(back == null ? null : toContract(back))
                .caseNumber(payment.caseNumber())
                .orderState(OrderState.valueOf(payment.orderState().name()))
                .paymentStatus(PaymentStatus.valueOf(payment.paymentStatus().name()))
                .owed(toContract(payment.owed()))
                .note(payment.note())
                .bookedBy(payment.bookedBy())
                .bookedAt(payment.bookedAt());
    }

    private static dev.abendkasse.api.model.Money toContract(Price price) {
        return PurchaseMapper.toContract(price.money());
    }
}

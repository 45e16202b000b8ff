package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.BankLine;
import dev.abendkasse.office.model.BankLineBooking;
import dev.abendkasse.office.model.BankLineDismissal;
import dev.abendkasse.office.model.BankStatement;
import dev.abendkasse.office.model.Money;
import dev.abendkasse.office.model.RefundConfirmation;
import dev.abendkasse.office.model.RefundOrderRequest;
import dev.abendkasse.office.model.StaffRefundReason;
import dev.abendkasse.sdk.Outcome;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CheckInBatch;
import dev.abendkasse.sdk.model.OfflineScan;
import dev.abendkasse.sdk.model.PaymentMethod;
import dev.abendkasse.server.testing.BankTheatre;
import dev.abendkasse.server.testing.BankTheatre.UnpaidTransfer;
import dev.abendkasse.server.testing.Entrance;
import dev.abendkasse.server.testing.Theatre;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What staff do with money and tickets. */
record SalesDeeds(Theatre theatre, AbendkasseOfficeClient office, Entrance entrance) {

    private static final String TODAY = BankTheatre.today().format(DateTimeFormatter.ofPattern("dd.MM.yyyy"));

    Map<String, Deed> all() {
        return Map.of(
                "bookReceivedPayment",
                Deed.repeatable(() -> {
                    var draft = unpaid().draft(5_000);
                    var key = UUID.randomUUID();
                    return () -> office.receivedPayments().bookReceivedPayment(key, draft);
                }),
                "uploadBankStatement",
                Deed.repeatable(() -> {
                    var file = file(unpaid());
                    var key = UUID.randomUUID();
                    return () -> office.bankStatements().uploadBankStatement(key, file);
                }),
                "bookExactLines",
                Deed.repeatable(() -> {
                    var statement = upload().getStatementId();
                    var key = UUID.randomUUID();
                    return () -> office.bankStatements().bookExactLines(statement, key);
                }),
                "bookBankLine",
                Deed.repeatable(() -> {
                    var line = line().getLineId();
                    var key = UUID.randomUUID();
                    return () -> office.bankStatements().bookBankLine(line, key, new BankLineBooking());
                }),
                "dismissBankLine",
                Deed.once(() -> {
                    var line = line().getLineId();
                    return () ->
                            office.bankStatements().dismissBankLine(line, new BankLineDismissal().reason("Not for us"));
                }),
                "refundOrder",
                Deed.repeatable(() -> {
                    var order = paid();
                    var key = UUID.randomUUID();
                    return () -> office.refundDesk().refundOrder(order, key, refund());
                }),
                "confirmRefund",
                Deed.repeatable(() -> {
                    var refund = office.refundDesk()
                            .refundOrder(paid(), UUID.randomUUID(), refund())
                            .getRefunds()
                            .getFirst()
                            .getRefundId();
                    return () ->
                            office.refundDesk().confirmRefund(refund, new RefundConfirmation().note("Transferred."));
                }),
                "checkIn",
                Deed.repeatable(() -> {
                    var scan = entrance.scan(code());
                    var key = UUID.randomUUID();
                    return () -> entrance.gate().checkIn(key, scan);
                }),
                "checkInBatch",
                Deed.repeatable(() -> {
                    var batch = new CheckInBatch().gate("A").scans(List.of(scan(code())));
                    var key = UUID.randomUUID();
                    return () -> entrance.gate().checkInBatch(key, batch);
                }));
    }

    private UnpaidTransfer unpaid() throws ApiException {
        return BankTheatre.reserved(theatre, theatre.best("ga", 1));
    }

    /** By bank transfer, so that it goes back by hand. */
    private UUID paid() throws ApiException {
        var order = unpaid();
        order.book(5_000);
        return order.id();
    }

    private static RefundOrderRequest refund() {
        return new RefundOrderRequest()
                .reason(StaffRefundReason.GOODWILL)
                .amount(new Money().amount(1_000L).currency("EUR"))
                .note("Ill on the day");
    }

    /** Of a ticket that costs nothing. */
    private String code() throws ApiException {
        var order = (Outcome.Confirmed) theatre.checkOut(theatre.hold(theatre.best("a", 1)), PaymentMethod.CARD);
        return entrance.tickets(new Entrance.Bought(order.order().getOrderId(), order.orderToken()))
                .getFirst()
                .getCode();
    }

    private static OfflineScan scan(String code) {
        return new OfflineScan().scanId(UUID.randomUUID()).code(code).scannedAt(OffsetDateTime.now(ZoneOffset.UTC));
    }

    private BankStatement upload() throws ApiException {
        return office.bankStatements().uploadBankStatement(UUID.randomUUID(), file(unpaid()));
    }

    private BankLine line() throws ApiException {
        return office.bankStatements()
                .listBankLines(upload().getStatementId(), null, null, 1)
                .getItems()
                .getFirst();
    }

    private static String file(UnpaidTransfer order) {
        return "Buchungstag;Valutadatum;Verwendungszweck;Betrag;Waehrung\n%s;%s;Auftrag %s;50,00;EUR\n"
                .formatted(TODAY, TODAY, order.made().getOrderNumber());
    }
}

package dev.abendkasse.server.letters.domain;

import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.OneLine;
import dev.abendkasse.server.shared.OrderView.BankTransfer;
import dev.abendkasse.server.shared.PurchaseMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the templates speak of, in the reader's language: amounts and times are text already. */
public final class LetterModel {

    private final LetterFacts facts;
    private final LetterFormats formats;

    private LetterModel(LetterFacts facts, LetterFormats formats) {
        this.facts = facts;
        this.formats = formats;
    }

    /**
     * An order.
     *
     * @param open what is still to be paid; null when nothing is
     * @param onAccount the buyer pays by invoice
     */
    public record OrderPart(
            String number,
            String total,
            @Nullable String open,
            boolean onAccount,
            String state,
            boolean received,
            @Nullable String payUntil,
            @Nullable TransferPart transfer,
            List<ShowingPart> showings) {}

    /** Where the money goes, the account's number in groups of four. */
    public record TransferPart(
            String holder, String iban, @Nullable String bic, String reference) {}

    /** A performance and the buyer's places in it. */
    public record ShowingPart(String title, String hall, String start, List<PlacePart> places) {}

    /** A place; one of general admission has no row and no seat. */
    public record PlacePart(
            String category,
            @Nullable String section,
            @Nullable String row,
            @Nullable String seat,
            String priceType,
            String price) {}

    /** Where and until when an order can be paid. */
    public record LinkPart(String url, String until, String amount) {}

    /** Money that goes back. */
    public record RefundPart(String amount, String reason, boolean byHand) {}

    /** What has become of a performance. */
    public record ChangePart(
            String title,
            String hall,
            String before,
            @Nullable String after,
            @Nullable String refundUntil) {}

    /** @param url the payment link's, which nothing else may know; blank for other letters */
    public static Map<String, Object> of(LetterFacts facts, LetterFormats formats, String url) {
        return new LetterModel(facts, formats).toMap(url);
    }

    /** What it is about, in a word: what has been changed, or what is to be seen first. */
    public static String occasion(LetterFacts facts) {
        return OneLine.of(
                facts.change() == null
                        ? facts.showings().getFirst().title()
                        : facts.change().title());
    }

    private Map<String, Object> toMap(String url) {
        var model = new HashMap<String, Object>();
        if (facts.order().buyer().name() != null) {
            model.put("buyer", OneLine.of(facts.order().buyer().name()));
        }
        model.put("order", order());
        if (facts.matter() != null) {
            model.put("caseNumber", new CaseNumber(facts.matter().number()).grouped());
        }
        if (facts.refund() != null) {
            model.put("refund", refund(facts.refund()));
        }
        if (facts.change() != null) {
            model.put("change", change(facts.change()));
        }
        if (facts.link() != null && !url.isEmpty()) {
            model.put("link", link(facts.link(), url));
        }
        return model;
    }

    private OrderPart order() {
        var order = facts.order();
        var open = order.open().amount() == 0 ? null : formats.money(order.open());
        return new OrderPart(
                order.orderNumber(),
                formats.money(order.total()),
                open,
                order.paymentMethod() == PurchaseMethod.INVOICE,
                order.state().name(),
                facts.received(),
                order.payUntil() == null ? null : formats.time(order.payUntil(), zone()),
                transfer(order.bankTransfer()),
                facts.showings().stream().map(this::showing).toList());
    }

    private static @Nullable TransferPart transfer(@Nullable BankTransfer transfer) {
        return transfer == null
                ? null
                : new TransferPart(
                        transfer.accountHolder(),
                        transfer.iban().replaceAll("(.{4})(?=.)", "$1 "),
                        transfer.bic(),
                        transfer.reference());
    }

    private ShowingPart showing(LetterFacts.Showing showing) {
        return new ShowingPart(
                OneLine.of(showing.title()),
                OneLine.of(showing.hall()),
                formats.time(showing.startsAt(), showing.timeZone()),
                showing.places().stream().map(this::place).toList());
    }

    private PlacePart place(LetterFacts.Place place) {
        return new PlacePart(
                place.category(),
                place.section(),
                place.row(),
                place.seat(),
                place.priceType(),
                formats.money(place.price()));
    }

    private LinkPart link(LetterFacts.Link link, String url) {
        return new LinkPart(url, formats.time(link.expiresAt(), zone()), formats.money(link.amount()));
    }

    private RefundPart refund(LetterFacts.Refund refund) {
        return new RefundPart(formats.money(refund.amount()), refund.reason().name(), refund.byHand());
    }

    private ChangePart change(LetterFacts.Change change) {
        var zone = change.timeZone();
        return new ChangePart(
                OneLine.of(change.title()),
                OneLine.of(change.hall()),
                formats.time(change.startsBefore(), zone),
                change.startsAfter() == null ? null : formats.time(change.startsAfter(), zone),
                change.refundUntil() == null ? null : formats.time(change.refundUntil(), zone));
    }

    /** Deadlines are told in the time of the theatre. */
    private String zone() {
        return facts.showings().getFirst().timeZone();
    }
}

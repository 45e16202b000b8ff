package dev.abendkasse.server.blacklist.web;

import dev.abendkasse.api.model.BlacklistDecision;
import dev.abendkasse.api.model.BlacklistEnded;
import dev.abendkasse.api.model.BlacklistEntryPage;
import dev.abendkasse.api.model.BlacklistEvidence;
import dev.abendkasse.api.model.BlacklistHistoryAction;
import dev.abendkasse.api.model.BlacklistHistoryItem;
import dev.abendkasse.api.model.BlacklistHistoryPage;
import dev.abendkasse.api.model.BlacklistOrder;
import dev.abendkasse.api.model.BlacklistOrderDecision;
import dev.abendkasse.api.model.BlacklistSearch;
import dev.abendkasse.api.model.OrderState;
import dev.abendkasse.server.blacklist.domain.BlacklistChange;
import dev.abendkasse.server.blacklist.domain.BlacklistDraft;
import dev.abendkasse.server.blacklist.domain.BlacklistEntry;
import dev.abendkasse.server.blacklist.domain.BlacklistHistory;
import dev.abendkasse.server.blacklist.domain.BlacklistPerson;
import dev.abendkasse.server.blacklist.domain.BlacklistPreview;
import dev.abendkasse.server.blacklist.domain.BlacklistResult;
import dev.abendkasse.server.blacklist.domain.Evidence;
import dev.abendkasse.server.blacklist.domain.OrderDecision;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.PurchaseMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Contract types on one side, domain types on the other. */
final class BlacklistMapper {

    private BlacklistMapper() {}

    static BlacklistPerson toDomain(dev.abendkasse.api.model.BlacklistPerson person) {
        return person(person.getCustomerId(), person.getEmail());
    }

    static BlacklistPerson toDomain(BlacklistSearch search) {
        return person(search.getCustomerId(), search.getEmail());
    }

    static BlacklistDraft toDomain(dev.abendkasse.api.model.BlacklistDraft draft) {
        return new BlacklistDraft(
                person(draft.getCustomerId(), draft.getEmail()),
                draft.getReason(),
                evidence(draft.getEvidence()),
                draft.getEndsAt(),
                decisions(draft.getOrders()));
    }

    static BlacklistChange toDomain(
            UUID entryId, long version, dev.abendkasse.api.model.BlacklistChange change, String by) {
        return new BlacklistChange(
                entryId, version, change.getReason(), evidence(change.getEvidence()), change.getEndsAt(), by);
    }

    static <T> T doneOrProblem(BlacklistResult<T> result) {
        return switch (result) {
            case BlacklistResult.Done<T>(var done) -> done;
            case BlacklistResult.Refused<T>(var problem, var orders) ->
                throw new ProblemException(problem, faults(problem, orders), Map.of());
        };
    }

    static ResponseEntity<dev.abendkasse.api.model.BlacklistEntry> answer(HttpStatus status, BlacklistEntry entry) {
        return ResponseEntity.status(status).eTag(Headers.etag(entry.version())).body(toContract(entry));
    }

    static BlacklistEntryPage toPage(Page<BlacklistEntry> page) {
        return new BlacklistEntryPage().items(entries(page.items())).nextCursor(page.nextCursor());
    }

    static BlacklistHistoryPage toHistory(Page<BlacklistHistory> page) {
        return new BlacklistHistoryPage()
                .items(page.items().stream().map(BlacklistMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static dev.abendkasse.api.model.BlacklistPreview toContract(BlacklistPreview preview) {
        return new dev.abendkasse.api.model.BlacklistPreview()
                .entries(entries(preview.entries()))
                .ended(toContract(preview.ended()))
                .orders(preview.orders().stream()
                        .map(BlacklistMapper::toContract)
                        .toList());
    }

    static dev.abendkasse.api.model.BlacklistEntry toContract(BlacklistEntry entry) {
        return new dev.abendkasse.api.model.BlacklistEntry()
                .entryId(entry.entryId())
                .customerId(entry.customerId())
                .email(entry.email())
                .reason(entry.reason())
                .evidence(toContract(entry.evidence()))
                .createdBy(entry.createdBy())
                .createdAt(entry.createdAt())
                .endsAt(entry.endsAt())
                .liftedAt(entry.liftedAt())
                .liftedBy(entry.liftedBy())
                .liftNote(entry.liftNote())
                .version(entry.version())
                .ended(entry.ended() == null ? null : toContract(entry.ended()))
                .active(entry.active());
    }

    private static BlacklistHistoryItem toContract(BlacklistHistory done) {
        return new BlacklistHistoryItem()
                .action(BlacklistHistoryAction.valueOf(done.action().name()))
                .at(done.at())
                .by(done.by())
                .version(done.version())
                .reason(done.reason())
                .evidence(toContract(done.evidence()))
                .endsAt(done.endsAt())
                .note(done.note())
                .orders(done.orders().stream()
                        .map(order -> new BlacklistOrderDecision(
                                order.orderId(),
                                BlacklistDecision.valueOf(order.decision().name())))
                        .toList());
    }

    private static BlacklistOrder toContract(BlacklistPreview.OpenOrder order) {
        return new BlacklistOrder()
                .orderId(order.orderId())
                .orderNumber(order.orderNumber())
                .state(OrderState.valueOf(order.state()))
                .total(PurchaseMapper.toContract(order.total()))
                .heldUntil(order.heldUntil())
                .toDecide(order.toDecide());
    }

    private static BlacklistEnded toContract(BlacklistEntry.Ended ended) {
        return new BlacklistEnded(ended.carts(), ended.paymentLinks(), ended.payments());
    }

    private static List<BlacklistEvidence> toContract(List<Evidence> evidence) {
        return evidence.stream()
                .map(one -> new BlacklistEvidence(one.text()).orderNumber(one.orderNumber()))
                .toList();
    }

    private static List<dev.abendkasse.api.model.BlacklistEntry> entries(List<BlacklistEntry> entries) {
        return entries.stream().map(BlacklistMapper::toContract).toList();
    }

    private static BlacklistPerson person(@Nullable UUID customerId, @Nullable String email) {
        if (customerId == null && email == null) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#", "{fault.customer-or-email}"));
        }
        return new BlacklistPerson(customerId, email);
    }

    private static List<Evidence> evidence(@Nullable List<BlacklistEvidence> evidence) {
        return evidence == null
                ? List.of()
                : evidence.stream()
                        .map(one -> new Evidence(one.getText(), one.getOrderNumber()))
                        .toList();
    }

    /** Two decisions on one order decide nothing. */
    private static List<OrderDecision> decisions(@Nullable List<BlacklistOrderDecision> orders) {
        if (orders == null) {
            return List.of();
        }
        var seen = new HashSet<UUID>();
        for (int i = 0; i < orders.size(); i++) {
            if (!seen.add(orders.get(i).getOrderId())) {
                throw new ProblemException(
                        ProblemType.INVALID_REQUEST, Fault.at("#/orders/" + i + "/orderId", "{fault.twice}"));
            }
        }
        return orders.stream()
                .map(order -> new OrderDecision(
                        order.getOrderId(),
                        OrderDecision.Decision.valueOf(order.getDecision().name())))
                .toList();
    }

    private static List<Fault> faults(ProblemType problem, List<String> orders) {
        return switch (problem) {
            case CUSTOMER_NOT_FOUND -> List.of(Fault.at("#/customerId", "{fault.unknown}"));
            case INVALID_REQUEST -> List.of(Fault.at("#/endsAt", "{fault.end-in-the-past}"));
            case ORDERS_UNDECIDED ->
                orders.stream().map(number -> Fault.at("#/orders", number)).toList();
            default -> List.of();
        };
    }
}

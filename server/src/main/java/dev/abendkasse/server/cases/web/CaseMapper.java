package dev.abendkasse.server.cases.web;

import dev.abendkasse.api.model.CaseApproval;
import dev.abendkasse.api.model.CaseAttention;
import dev.abendkasse.api.model.CaseCredit;
import dev.abendkasse.api.model.CaseDecision;
import dev.abendkasse.api.model.CaseFilePage;
import dev.abendkasse.api.model.CaseKind;
import dev.abendkasse.api.model.CaseMessage;
import dev.abendkasse.api.model.CaseMessageKind;
import dev.abendkasse.api.model.CaseState;
import dev.abendkasse.api.model.CaseTicket;
import dev.abendkasse.server.cases.domain.CaseFile;
import dev.abendkasse.server.cases.domain.CaseResult;
import dev.abendkasse.server.credit.CreditProperties;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.PurchaseMapper;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Contract types on one side, domain types on the other. Names of kinds and states are the same on both. */
@Component
class CaseMapper {

    private final CaseFindings findings;
    private final CreditProperties credit;

    CaseMapper(CaseFindings findings, CreditProperties credit) {
        this.findings = findings;
        this.credit = credit;
    }

    static CaseNumber toNumber(String asTold) {
        return CaseNumber.asTold(asTold).orElseThrow(() -> new ProblemException(ProblemType.CASE_NUMBER_INVALID));
    }

    /** One currency per account (C6). */
    Item.@Nullable Price toLimit(CaseApproval approval) {
        var limit = approval.getLimit();
        if (limit == null) {
            return null;
        }
        if (!limit.getCurrency().equals(credit.currency().getCurrencyCode())) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#/limit/currency", "{fault.currency}"));
        }
        return new Item.Price(limit.getAmount(), limit.getCurrency());
    }

    static <T> T doneOrProblem(CaseResult<T> result) {
        return switch (result) {
            case CaseResult.Done<T>(var present) -> present;
            case CaseResult.Refused<T>(var problem, var clerk, var retryAfter) ->
                throw new ProblemException(
                        problem,
                        problem == ProblemType.REASON_REQUIRED
                                ? List.of(Fault.at("#/reason", "{fault.missing}"))
                                : List.of(),
                        clerk == null ? Map.of() : Map.of("clerk", clerk),
                        retryAfter == null ? null : Duration.ofSeconds(retryAfter));
        };
    }

    ResponseEntity<dev.abendkasse.api.model.CaseFile> answer(CaseFile file, Locale locale) {
        return ResponseEntity.ok().eTag(Headers.etag(file.version())).body(toContract(file, locale));
    }

    CaseFilePage toPage(Page<CaseFile> page, Locale locale) {
        return new CaseFilePage()
                .items(page.items().stream()
                        .map(file -> toContract(file, locale))
                        .toList())
                .nextCursor(page.nextCursor());
    }

    private dev.abendkasse.api.model.CaseFile toContract(CaseFile file, Locale locale) {
        var messages = file.messages();
        return new dev.abendkasse.api.model.CaseFile()
                .caseNumber(file.caseNumber())
                .formattedNumber(new CaseNumber(file.caseNumber()).grouped())
                .kind(CaseKind.valueOf(file.kind().name()))
                .state(CaseState.valueOf(file.state().name()))
                .attention(CaseAttention.valueOf(file.attention().name()))
                .findings(findings.toContract(file, locale))
                .version(file.version())
                .assignee(file.assignee())
                .customerId(file.customerId())
                .buyerName(file.buyerName())
                .buyerEmail(file.buyerEmail())
                .buyerPhone(file.buyerPhone())
                .orderId(file.orderId())
                .orderNumber(file.orderNumber())
                .amount(money(file.amount()))
                .requestedLimit(money(file.requestedLimit()))
                .creditThen(toContract(file.creditThen()))
                .creditNow(toContract(file.creditNow()))
                .incidentId(file.incidentId())
                .ticket(toContract(file.ticket()))
                .note(file.note())
                .messages(
                        messages == null
                                ? null
                                : messages.stream().map(CaseMapper::toContract).toList())
                .decision(toContract(file.decision()))
                .deadline(file.deadline())
                .createdAt(file.createdAt())
                .endedAt(file.endedAt());
    }

    private static CaseMessage toContract(CaseFile.Message message) {
        return new CaseMessage(
                        message.messageId(),
                        CaseMessageKind.valueOf(message.kind().name()),
                        message.text(),
                        message.at())
                .by(message.by());
    }

    private static @Nullable CaseCredit toContract(CaseFile.@Nullable Credit credit) {
        return credit == null
                ? null
                : new CaseCredit(
                        PurchaseMapper.toContract(credit.limit().money()),
                        PurchaseMapper.toContract(credit.exposure().money()));
    }

    private static @Nullable CaseTicket toContract(CaseFile.@Nullable Ticket ticket) {
        return ticket == null
                ? null
                : new CaseTicket(ticket.helpDesk(), ticket.number())
                        .url(ticket.url() == null ? null : URI.create(ticket.url()));
    }

    private static @Nullable CaseDecision toContract(CaseFile.@Nullable Decision decision) {
        return decision == null ? null : new CaseDecision(decision.by()).reason(decision.reason());
    }

    static dev.abendkasse.api.model.@Nullable Money money(Item.@Nullable Price price) {
        return price == null ? null : PurchaseMapper.toContract(price.money());
    }
}

package dev.abendkasse.server.credit.web;

import dev.abendkasse.api.model.CreditEntryCause;
import dev.abendkasse.api.model.CreditEntryPage;
import dev.abendkasse.api.model.CreditLimitChange;
import dev.abendkasse.api.model.CreditLimitChangePage;
import dev.abendkasse.api.model.CreditLimitHistoryEntry;
import dev.abendkasse.api.model.OwnCreditAccount;
import dev.abendkasse.server.credit.CreditProperties;
import dev.abendkasse.server.credit.domain.CreditAccount;
import dev.abendkasse.server.credit.domain.CreditEntry;
import dev.abendkasse.server.credit.domain.CreditResult;
import dev.abendkasse.server.credit.domain.LimitChange;
import dev.abendkasse.server.credit.domain.LimitRequestResult;
import dev.abendkasse.server.credit.domain.NewLimit;
import dev.abendkasse.server.credit.domain.OwnCredit;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.PurchaseMapper;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Contract types on one side, domain types on the other. */
@Component
class CreditMapper {

    private final CreditProperties properties;

    CreditMapper(CreditProperties properties) {
        this.properties = properties;
    }

    NewLimit toDomain(UUID customer, long version, CreditLimitChange change, String by) {
        var limit = change.getLimit();
        return new NewLimit(
                customer, version, limit == null ? null : toMoney(limit).amount(), change.getReason(), by);
    }

    CreditAccount changedOrProblem(CreditResult result) {
        return switch (result) {
            case CreditResult.Changed(var account) -> account;
            case CreditResult.Refused(var problem) -> throw new ProblemException(problem);
        };
    }

    dev.abendkasse.api.model.CreditAccount toContract(CreditAccount account) {
        var defaultLimit = properties.defaultLimit().amount();
        return new dev.abendkasse.api.model.CreditAccount()
                .customerId(account.customerId())
                .limit(money(account.limitOr(defaultLimit)))
                .isDefault(account.limit() == null)
                .exposure(money(account.exposure()))
                .remaining(money(account.remaining(defaultLimit)))
                .version(account.version());
    }

    OwnCreditAccount toContract(OwnCredit own) {
        var defaultLimit = properties.defaultLimit().amount();
        var account = own.account();
        return new OwnCreditAccount()
                .limit(money(account.limitOr(defaultLimit)))
                .exposure(money(account.exposure()))
                .remaining(money(account.remaining(defaultLimit)))
                .requestCaseNumber(own.requestCaseNumber());
    }

    static CaseNumber openedOrProblem(LimitRequestResult result) {
        return switch (result) {
            case LimitRequestResult.Opened(var number) -> number;
            case LimitRequestResult.Refused(var problem) -> throw new ProblemException(problem);
        };
    }

    static CreditEntryPage toEntries(Page<CreditEntry> page) {
        return new CreditEntryPage()
                .items(page.items().stream().map(CreditMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    CreditLimitChangePage toChanges(Page<LimitChange> page) {
        return new CreditLimitChangePage()
                .items(page.items().stream().map(this::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    private static dev.abendkasse.api.model.CreditEntry toContract(CreditEntry entry) {
        return new dev.abendkasse.api.model.CreditEntry(
                entry.entryId(),
                entry.orderId(),
                entry.orderNumber(),
                entry.delta(),
                CreditEntryCause.valueOf(entry.cause().name()),
                entry.at());
    }

    private CreditLimitHistoryEntry toContract(LimitChange change) {
        return new CreditLimitHistoryEntry(change.reason(), change.by(), change.at())
                .from(change.from() == null ? null : money(change.from()))
                .to(change.to() == null ? null : money(change.to()));
    }

    /** One currency per account (C6). */
    Money toMoney(dev.abendkasse.api.model.Money limit) {
        if (!limit.getCurrency().equals(properties.currency().getCurrencyCode())) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#/limit/currency", "{fault.currency}"));
        }
        return new Money(limit.getAmount(), properties.currency());
    }

    private dev.abendkasse.api.model.Money money(long amount) {
        return PurchaseMapper.toContract(new Money(amount, properties.currency()));
    }
}

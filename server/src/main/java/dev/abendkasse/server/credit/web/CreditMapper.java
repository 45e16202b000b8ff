package dev.abendkasse.server.credit.web;

import dev.abendkasse.api.model.CreditLimitChange;
import dev.abendkasse.server.credit.CreditProperties;
import dev.abendkasse.server.credit.domain.CreditAccount;
import dev.abendkasse.server.credit.domain.CreditResult;
import dev.abendkasse.server.credit.domain.NewLimit;
import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.PurchaseMapper;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Contract types on one side, domain types on the other. */
@Component
class CreditMapper {

    private final CreditProperties properties;

    CreditMapper(CreditProperties properties) {
        this.properties = properties;
    }

    NewLimit toDomain(UUID customer, long version, CreditLimitChange change, String by) {
        return new NewLimit(customer, version, toAmount(change.getLimit()), change.getReason(), by);
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

    /** One currency per account (C6). */
    private @Nullable Long toAmount(dev.abendkasse.api.model.@Nullable Money limit) {
        if (limit == null) {
            return null;
        }
        if (!limit.getCurrency().equals(properties.currency().getCurrencyCode())) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#/limit/currency", "{fault.currency}"));
        }
        return limit.getAmount();
    }

    private dev.abendkasse.api.model.Money money(long amount) {
        return PurchaseMapper.toContract(new Money(amount, properties.currency()));
    }
}

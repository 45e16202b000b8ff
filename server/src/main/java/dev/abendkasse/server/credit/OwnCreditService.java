package dev.abendkasse.server.credit;

import dev.abendkasse.server.credit.domain.LimitRequest;
import dev.abendkasse.server.credit.domain.LimitRequestResult;
import dev.abendkasse.server.credit.domain.OwnCredit;
import dev.abendkasse.server.credit.store.OwnCreditStore;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What customers see of their own credit account, and their wish for another limit. */
@Service
public class OwnCreditService {

    private static final int OFFERED_NUMBERS = 3;

    private final OwnCreditStore accounts;

    OwnCreditService(OwnCreditStore accounts) {
        this.accounts = accounts;
    }

    /** Empty when there is no such customer. */
    public Mono<OwnCredit> find(CustomerId customer) {
        return accounts.find(customer.value());
    }

    public Mono<LimitRequestResult> request(
            CustomerId customer, Money limit, @Nullable String reason, Idempotency repeat) {
        return accounts.request(new LimitRequest(
                customer.value(),
                limit.amount(),
                limit.currency().getCurrencyCode(),
                reason,
                CaseNumber.candidates(OFFERED_NUMBERS),
                repeat));
    }
}

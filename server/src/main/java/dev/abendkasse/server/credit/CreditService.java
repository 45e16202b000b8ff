package dev.abendkasse.server.credit;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.credit.domain.CreditAccount;
import dev.abendkasse.server.credit.domain.CreditResult;
import dev.abendkasse.server.credit.domain.NewLimit;
import dev.abendkasse.server.credit.store.CreditStore;
import dev.abendkasse.server.shared.CustomerId;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Shows and sets how much customers may owe. */
@Service
public class CreditService {

    private final CreditStore accounts;
    private final Audit audit;

    CreditService(CreditStore accounts, Audit audit) {
        this.accounts = accounts;
        this.audit = audit;
    }

    /**
     * Empty when there is no such customer. That somebody looks is written down.
     *
     * @param by who looks
     */
    public Mono<CreditAccount> find(CustomerId customer, String by) {
        return audit.noted(
                accounts.find(customer.value()), account -> AuditNote.of(by, "credit.read", account.customerId()));
    }

    public Mono<CreditResult> set(NewLimit limit) {
        return accounts.set(limit);
    }
}

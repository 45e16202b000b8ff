package dev.abendkasse.server.hotline;

import dev.abendkasse.server.customer.CustomerProperties;
import dev.abendkasse.server.hotline.domain.AccountCommand;
import dev.abendkasse.server.hotline.domain.AccountResult;
import dev.abendkasse.server.hotline.store.HotlineStore;
import dev.abendkasse.server.shared.CustomerId;
import java.time.Duration;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What staff do with customers' accounts. */
@Service
public class AccountDesk {

    private static final double MILLIS = 1000;

    private final HotlineStore customers;
    private final CustomerProperties properties;

    AccountDesk(HotlineStore customers, CustomerProperties properties) {
        this.customers = customers;
        this.properties = properties;
    }

    public Mono<AccountResult> lock(CustomerId customer, String reason, String by) {
        return customers.execute(new AccountCommand.Lock(customer.value(), reason, by));
    }

    public Mono<AccountResult> unlock(CustomerId customer, String reason, String by) {
        return customers.execute(new AccountCommand.Unlock(customer.value(), reason, by));
    }

    public Mono<AccountResult> sendClaim(CustomerId customer, String by) {
        return send(customer, AccountCommand.Kind.CLAIM, properties.claimLink(), by);
    }

    public Mono<AccountResult> sendReset(CustomerId customer, String by) {
        return send(customer, AccountCommand.Kind.RESET, properties.resetLink(), by);
    }

    private Mono<AccountResult> send(CustomerId customer, AccountCommand.Kind kind, Duration works, String by) {
        return customers.execute(new AccountCommand.SendLink(customer.value(), kind, works.toMillis() / MILLIS, by));
    }
}

package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.store.CustomerStore;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets sessions that have ended. They are over without it too. */
@Component
class SessionSweeper {

    private final CustomerStore accounts;

    SessionSweeper(CustomerStore accounts) {
        this.accounts = accounts;
    }

    @Scheduled(fixedDelayString = "${abendkasse.customers.forget-sessions-every:1m}")
    Mono<Void> forget() {
        return accounts.forgetSessions();
    }
}

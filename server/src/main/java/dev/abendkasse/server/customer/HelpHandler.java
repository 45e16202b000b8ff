package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.domain.AccountCommand.HelpIn;
import dev.abendkasse.server.customer.store.CustomerStore;
import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Finds who it was that could not get in, and posts them the link that they need, if there is such an account. */
@Component
class HelpHandler implements OutboxHandler {

    private final CustomerStore accounts;
    private final CustomerProperties properties;

    HelpHandler(CustomerStore accounts, CustomerProperties properties) {
        this.accounts = accounts;
        this.properties = properties;
    }

    @Override
    public String kind() {
        return WaysIn.KIND;
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        var payload = message.payload();
        return accounts.execute(new HelpIn(
                        payload.path("login").asString(""),
                        payload.path("asked").asBoolean(false),
                        CustomerProperties.seconds(properties.claimLink()),
                        CustomerProperties.seconds(properties.resetLink())))
                .then();
    }
}

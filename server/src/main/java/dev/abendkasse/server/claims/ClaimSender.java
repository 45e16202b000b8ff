package dev.abendkasse.server.claims;

import dev.abendkasse.server.claims.store.ClaimStore;
import dev.abendkasse.server.database.Commits;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Posts the mails of the campaign that runs, shortly before they are due and in small batches, on whichever replica looks first. */
@Component
class ClaimSender {

    private static final int BATCH = 100;

    private final ClaimStore campaigns;
    private final ClaimProperties properties;
    private final Commits commits;

    ClaimSender(ClaimStore campaigns, ClaimProperties properties, Commits commits) {
        this.campaigns = campaigns;
        this.properties = properties;
        this.commits = commits;
    }

    @Scheduled(fixedDelayString = "${abendkasse.claims.look-every:10s}")
    Mono<Void> goOn() {
        return commits.announce(campaigns.goOn(BATCH, properties.ahead(), properties.linkFor()))
                .repeat()
                .takeUntil(turns -> turns < BATCH)
                .then();
    }
}

package dev.abendkasse.server.newsletter;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.newsletter.store.DispatchStore;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Lets issues that are being sent go on. On any replica; the database lets one at a time do it. */
@Component
class NewsletterDispatch {

    private final DispatchStore dispatch;
    private final NewsletterProperties properties;
    private final Commits commits;

    NewsletterDispatch(DispatchStore dispatch, NewsletterProperties properties, Commits commits) {
        this.dispatch = dispatch;
        this.properties = properties;
        this.commits = commits;
    }

    /** As long as there is somebody to look at. */
    @Scheduled(fixedDelayString = "${abendkasse.newsletter.look-every:2s}")
    Mono<Void> advance() {
        return Mono.defer(() -> commits.announce(dispatch.advance(properties.mailsPerMinute(), properties.batch())))
                .repeat()
                .takeUntil(looked -> looked == 0)
                .then();
    }
}

package dev.abendkasse.server.relaunch;

import dev.abendkasse.server.relaunch.domain.Coverage;
import dev.abendkasse.server.relaunch.domain.Wrapping;
import dev.abendkasse.server.relaunch.store.CoverageStore;
import dev.abendkasse.server.relaunch.store.WrappingStore;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** How far the customers of the former shop have come over. */
@Service
public class RelaunchFigures {

    private final WrappingStore hashes;
    private final Mono<Coverage> coverage;

    /** @param fresh counting a million accounts takes seconds, so for so long the last count is shown */
    RelaunchFigures(
            WrappingStore hashes,
            CoverageStore coverage,
            @Value("${abendkasse.relaunch.coverage-fresh-for:1m}") Duration fresh) {
        this.hashes = hashes;
        this.coverage = coverage.count().cache(_ -> fresh, _ -> Duration.ZERO, () -> Duration.ZERO);
    }

    public Mono<Wrapping> wrapping() {
        return hashes.progress();
    }

    public Mono<Coverage> coverage() {
        return coverage;
    }
}

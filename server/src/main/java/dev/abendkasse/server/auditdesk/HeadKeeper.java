package dev.abendkasse.server.auditdesk;

import dev.abendkasse.server.auditdesk.domain.ChainHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Takes signed heads out of the reach of whoever can write into the database, now and then. */
@Component
class HeadKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(HeadKeeper.class);

    private final AuditHeads heads;
    private final AuditProperties properties;
    private volatile @Nullable String kept;

    HeadKeeper(AuditHeads heads, AuditProperties properties) {
        this.heads = heads;
        this.properties = properties;
    }

    /** Nothing is kept twice by the same replica. */
    @Scheduled(fixedDelayString = "${abendkasse.audit.sign-every:1h}")
    Mono<Void> keep() {
        return heads.head().filter(this::isNew).flatMap(heads::sign).flatMap(this::write);
    }

    /** A chain that was written anew may be as long as the one before it; its hash tells. */
    private boolean isNew(ChainHead head) {
        return kept == null ? head.seq() > 0 : !head.hash().equals(kept);
    }

    private Mono<Void> write(SignedHead head) {
        return Mono.<Void>fromRunnable(() -> {
                    append(head.text());
                    if (properties.logHead()) {
                        LOG.info("Head of the audit, entry {}: {}", head.head().seq(), head.text());
                    }
                    kept = head.head().hash();
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private void append(String line) {
        var file = properties.headFile();
        if (file != null) {
            try {
                write(file, line + System.lineSeparator());
            } catch (IOException e) {
                throw new UncheckedIOException("The head of the audit cannot be kept in " + file, e);
            }
        }
    }

    private static void write(Path file, String line) throws IOException {
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
    }
}

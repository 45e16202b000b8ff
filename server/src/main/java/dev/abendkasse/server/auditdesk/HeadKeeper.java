package dev.abendkasse.server.auditdesk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    private volatile long kept;

    HeadKeeper(AuditHeads heads, AuditProperties properties) {
        this.heads = heads;
        this.properties = properties;
    }

    /** Nothing is kept twice by the same replica. */
    @Scheduled(fixedDelayString = "${abendkasse.audit.sign-every:1h}")
    Mono<Void> keep() {
        return heads.head()
                .filter(head -> head.seq() != kept)
                .flatMap(heads::sign)
                .flatMap(this::write);
    }

    private Mono<Void> write(SignedHead head) {
        return Mono.<Void>fromRunnable(() -> {
                    append(head.text());
                    if (properties.logHead()) {
                        LOG.info("Head of the audit, entry {}: {}", head.head().seq(), head.text());
                    }
                    kept = head.head().seq();
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

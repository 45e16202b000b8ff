package dev.abendkasse.server.newsletter;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.csv.CsvLine;
import dev.abendkasse.server.newsletter.domain.Delivery;
import dev.abendkasse.server.newsletter.store.IssueStore;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who got an issue, and who did not and why, as lines of a file. */
@Service
public class IssueReports {

    private static final List<String> COLUMNS =
            List.of("deliveryId", "customerId", "state", "reason", "email", "decidedAt", "bounce");

    private final IssueStore issues;
    private final Audit audit;

    IssueReports(IssueStore issues, Audit audit) {
        this.issues = issues;
        this.audit = audit;
    }

    /**
     * A part of the file; that somebody takes it out is written down. Empty when there is no such issue.
     *
     * @param after the last row of the part before
     */
    public Mono<String> part(UUID issueId, @Nullable UUID after, int rows, String by) {
        return audit.noted(
                issues.find(issueId)
                        .flatMap(_ -> Flux.concat(
                                        Mono.fromSupplier(() -> CsvLine.of(COLUMNS)),
                                        issues.deliveries(issueId, after, rows).map(IssueReports::line))
                                .collect(Collectors.joining())),
                _ -> AuditNote.of(by, "newsletter.export", issueId));
    }

    private static String line(Delivery delivery) {
        return CsvLine.of(Arrays.asList(
                delivery.deliveryId(),
                delivery.customerId(),
                delivery.state(),
                delivery.reason(),
                delivery.email(),
                delivery.decidedAt(),
                delivery.bounce()));
    }
}

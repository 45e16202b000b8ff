package dev.abendkasse.server.cases.domain;

import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.TimeCursor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which cases are wanted, from which on. What is null does not matter.
 *
 * @param assigned whether anybody looks after them
 */
public record CaseSearch(
        CaseFile.@Nullable Kind kind,
        CaseFile.@Nullable State state,
        CaseFile.@Nullable Attention attention,
        @Nullable String assignee,
        @Nullable Boolean assigned,
        @Nullable Instant openedBefore,
        @Nullable UUID incidentId,
        @Nullable TimeCursor<CaseNumber> after) {}

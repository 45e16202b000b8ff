package dev.abendkasse.server.cases.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody shows to get at a case. The names of the components are those that the database's functions read.
 *
 * @param orderTokenHash hex of the hash of its order's secret
 * @param caseTokenHash hex of the hash of the secret of a question about it
 * @param customerId who is signed in
 */
public record CaseAccess(
        String caseNumber,
        @Nullable String orderTokenHash,
        @Nullable String caseTokenHash,
        @Nullable UUID customerId) {}

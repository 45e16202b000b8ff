package dev.abendkasse.server.cases.domain;

import dev.abendkasse.server.shared.Idempotency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a customer answers; for the rest see {@link CaseAccess}. */
public record CaseAnswer(
        String caseNumber,
        @Nullable String orderTokenHash,
        @Nullable String caseTokenHash,
        @Nullable UUID customerId,
        String text,
        Idempotency repeat) {

    public static CaseAnswer of(CaseAccess access, String text, Idempotency repeat) {
        return new CaseAnswer(
                access.caseNumber(),
                access.orderTokenHash(),
                access.caseTokenHash(),
                access.customerId(),
                text,
                repeat);
    }
}

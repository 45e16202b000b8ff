package dev.abendkasse.server.cases;

import dev.abendkasse.server.cases.domain.CaseAccess;
import dev.abendkasse.server.cases.domain.CaseAnswer;
import dev.abendkasse.server.cases.domain.CaseResult;
import dev.abendkasse.server.cases.domain.CustomerCase;
import dev.abendkasse.server.cases.store.CaseStore;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.Idempotency;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** What customers see of their cases, and what they answer. */
@Service
public class CustomerCases {

    private final CaseStore cases;
    private final Secrets secrets;

    CustomerCases(CaseStore cases, Secrets secrets) {
        this.cases = cases;
        this.secrets = secrets;
    }

    /** What somebody shows: any of them will do, if it is the right one. */
    public CaseAccess access(
            CaseNumber number, @Nullable String orderToken, @Nullable String caseToken, @Nullable CustomerId customer) {
        return new CaseAccess(
                number.value(), hashed(orderToken), hashed(caseToken), customer == null ? null : customer.value());
    }

    public Mono<CaseResult<CustomerCase>> see(CaseAccess access) {
        return cases.see(access);
    }

    public Mono<CaseResult<CustomerCase>> answer(CaseAccess access, String text, Idempotency repeat) {
        return cases.answer(CaseAnswer.of(access, text, repeat));
    }

    private @Nullable String hashed(@Nullable String token) {
        return token == null ? null : secrets.hexHash(token);
    }
}

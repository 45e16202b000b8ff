package dev.abendkasse.server.cases;

import dev.abendkasse.server.cases.store.CaseStore;
import dev.abendkasse.server.secret.Secrets;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Where customers answer what they are asked. The secrets of questions are derived and never stored. */
@Component
public class CaseQuestions {

    private static final String PURPOSE = "case-question";

    private final CaseStore cases;
    private final Secrets secrets;

    CaseQuestions(CaseStore cases, Secrets secrets) {
        this.cases = cases;
        this.secrets = secrets;
    }

    /** Hex of the hash of a question's secret. */
    public String tokenHashOf(UUID question) {
        return secrets.hexHash(tokenOf(question));
    }

    /**
     * Where a question is answered, with its secret, which a browser keeps to itself because it follows the #. Empty when the shop has
     * no page for it any more.
     */
    public Mono<String> urlOf(UUID question) {
        return cases.pageOf(question).map(page -> page + tokenOf(question));
    }

    private String tokenOf(UUID question) {
        return secrets.tokenFor(PURPOSE, question);
    }
}

package dev.abendkasse.server.credit.store;

import dev.abendkasse.server.credit.domain.Reconciliation;
import dev.abendkasse.server.database.Functions;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Compares credit accounts with their entries and open orders. */
@Repository
public class CreditBooksStore {

    private final Functions functions;

    CreditBooksStore(Functions functions) {
        this.functions = functions;
    }

    /**
     * Goes on where the last look has ended. While another replica is at it nothing is looked at.
     *
     * @param accounts how many at most
     * @param caseNumbers for as many differences as may be found in one look
     */
    public Mono<Reconciliation> reconcile(int accounts, List<String> caseNumbers) {
        return functions
                .call("reconcile_credit", Map.of("limit", accounts, "caseNumbers", caseNumbers))
                .map(answer -> functions.read(answer, Reconciliation.class));
    }
}

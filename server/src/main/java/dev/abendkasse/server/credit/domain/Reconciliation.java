package dev.abendkasse.server.credit.domain;

import java.util.List;
import java.util.UUID;

/**
 * What a look at a part of the accounts has found. The names of the components are those that the database writes.
 *
 * @param looked how many accounts were compared
 * @param found those whose books differ and that nobody knew of
 */
public record Reconciliation(int looked, List<Difference> found) {

    public Reconciliation {
        found = List.copyOf(found);
    }

    /**
     * In minor units: what a customer owes by their account, by its entries and by their open orders.
     *
     * @param caseNumber under which people find out why
     */
    public record Difference(UUID customerId, String caseNumber, long exposure, long entered, long owed) {}
}

package dev.abendkasse.server.cases.domain;

import dev.abendkasse.server.shared.Actor;
import dev.abendkasse.server.shared.Idempotency;
import dev.abendkasse.server.shared.Item;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What staff do with a case. The names of the components are those that the database's functions read; {@code version} is what whoever
 * does it is looking at.
 */
public sealed interface CaseCommand {

    /** @param assignee nobody when null */
    record Assign(
            String caseNumber,
            Actor actor,
            long version,
            @Nullable String assignee) implements CaseCommand {}

    record Comment(String caseNumber, Actor actor, String text, Idempotency repeat) implements CaseCommand {}

    /**
     * @param messageId the question's
     * @param tokenHash hex of the hash of the secret that its answer may come with
     */
    record Ask(
            String caseNumber,
            Actor actor,
            long version,
            String text,
            UUID messageId,
            String tokenHash,
            Idempotency repeat)
            implements CaseCommand {}

    /**
     * @param limit for a customer who asks for another one; what they asked for when null
     * @param linkId the payment link to be, if the order is to be paid
     * @param tokenHash hex of the hash of its secret
     * @param incidentId with all cases of which it is approved; the reason is then none for going on with somebody who is blocked
     */
    record Approve(
            String caseNumber,
            Actor actor,
            long version,
            @Nullable String reason,
            Item.@Nullable Price limit,
            UUID linkId,
            String tokenHash,
            @Nullable UUID incidentId,
            @Nullable Idempotency repeat)
            implements CaseCommand {}

    record Reject(String caseNumber, Actor actor, long version, String reason, Idempotency repeat)
            implements CaseCommand {}

    record Settle(String caseNumber, Actor actor, long version, String reason, Idempotency repeat)
            implements CaseCommand {}
}

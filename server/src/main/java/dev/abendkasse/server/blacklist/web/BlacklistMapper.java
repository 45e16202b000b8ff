package dev.abendkasse.server.blacklist.web;

import dev.abendkasse.api.model.BlacklistEntryPage;
import dev.abendkasse.server.blacklist.domain.BlacklistDraft;
import dev.abendkasse.server.blacklist.domain.BlacklistEntry;
import dev.abendkasse.server.blacklist.domain.BlacklistResult;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;

/** Contract types on one side, domain types on the other. */
final class BlacklistMapper {

    private BlacklistMapper() {}

    static BlacklistDraft toDomain(dev.abendkasse.api.model.BlacklistDraft draft) {
        if (draft.getCustomerId() == null && draft.getEmail() == null) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.at("#", "{fault.customer-or-email}"));
        }
        return new BlacklistDraft(draft.getCustomerId(), draft.getEmail(), draft.getReason(), draft.getEndsAt());
    }

    static dev.abendkasse.api.model.BlacklistEntry addedOrProblem(BlacklistResult result) {
        return switch (result) {
            case BlacklistResult.Added(var entry) -> toContract(entry);
            case BlacklistResult.Refused(var problem) -> throw new ProblemException(problem, fault(problem));
        };
    }

    static BlacklistEntryPage toPage(Page<BlacklistEntry> page) {
        return new BlacklistEntryPage()
                .items(page.items().stream().map(BlacklistMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static dev.abendkasse.api.model.BlacklistEntry toContract(BlacklistEntry entry) {
        return new dev.abendkasse.api.model.BlacklistEntry()
                .entryId(entry.entryId())
                .customerId(entry.customerId())
                .email(entry.email())
                .reason(entry.reason())
                .createdBy(entry.createdBy())
                .createdAt(entry.createdAt())
                .endsAt(entry.endsAt())
                .liftedAt(entry.liftedAt())
                .liftedBy(entry.liftedBy())
                .liftNote(entry.liftNote())
                .active(entry.active());
    }

    private static Fault fault(ProblemType problem) {
        return problem == ProblemType.CUSTOMER_NOT_FOUND
                ? Fault.at("#/customerId", "{fault.unknown}")
                : Fault.at("#/endsAt", "{fault.end-in-the-past}");
    }
}

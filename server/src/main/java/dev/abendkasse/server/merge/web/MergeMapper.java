package dev.abendkasse.server.merge.web;

import dev.abendkasse.api.model.CustomerMerge;
import dev.abendkasse.api.model.CustomerNewsletter;
import dev.abendkasse.api.model.MergeAfter;
import dev.abendkasse.api.model.MergeConflictKind;
import dev.abendkasse.api.model.MergeMoves;
import dev.abendkasse.api.model.MergePreview;
import dev.abendkasse.api.model.MergeSide;
import dev.abendkasse.server.merge.domain.MergePair;
import dev.abendkasse.server.merge.domain.MergeResult;
import dev.abendkasse.server.merge.domain.MergeView;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.PurchaseMapper;
import java.util.List;
import java.util.Map;

/** Contract types on one side, domain types on the other. Names of states are the same on both. */
final class MergeMapper {

    private static final String LOSER = "#/loserId";

    private MergeMapper() {}

    static MergePair toDomain(dev.abendkasse.api.model.MergePair pair, String by) {
        return new MergePair(pair.getSurvivorId(), pair.getLoserId(), by);
    }

    static <T extends MergeView> T shownOrProblem(MergeResult<T> result) {
        return switch (result) {
            case MergeResult.Shown<T>(var view) -> view;
            case MergeResult.Refused<T>(var problem, var conflicts) ->
                throw new ProblemException(problem, faults(problem, conflicts), Map.of());
        };
    }

    static MergePreview toContract(MergeView.Preview preview) {
        return new MergePreview()
                .survivor(toContract(preview.survivor()))
                .loser(toContract(preview.loser()))
                .moves(toContract(preview.moves()))
                .after(toContract(preview.after()))
                .conflicts(preview.conflicts().stream()
                        .map(conflict -> MergeConflictKind.valueOf(conflict.name()))
                        .toList())
                .digest(preview.digest());
    }

    static CustomerMerge toContract(MergeView.Done merge) {
        return new CustomerMerge(
                merge.survivorId(), merge.loserId(), toContract(merge.moves()), toContract(merge.after()));
    }

    private static List<Fault> faults(ProblemType problem, List<String> conflicts) {
        return switch (problem) {
            case INVALID_REQUEST -> List.of(Fault.at(LOSER, "{fault.same-customer}"));
            case MERGE_CONFLICT ->
                conflicts.stream().map(conflict -> Fault.at(LOSER, conflict)).toList();
            default -> List.of();
        };
    }

    private static MergeSide toContract(MergeView.Side side) {
        return new MergeSide()
                .customerId(side.customerId())
                .name(side.name())
                .email(side.email())
                .phone(side.phone())
                .limit(PurchaseMapper.toContract(side.limit().money()))
                .exposure(PurchaseMapper.toContract(side.exposure().money()))
                .blocked(side.blocked())
                .newsletter(CustomerNewsletter.valueOf(side.newsletter().name()))
                .orders(side.orders())
                .createdAt(side.createdAt());
    }

    private static MergeMoves toContract(MergeView.Moves moves) {
        return new MergeMoves(
                moves.orders(), moves.openOrders(), moves.cases(), moves.carts(), moves.addresses(), moves.userNames());
    }

    private static MergeAfter toContract(MergeView.After after) {
        return new MergeAfter(
                PurchaseMapper.toContract(after.limit().money()),
                PurchaseMapper.toContract(after.exposure().money()),
                after.blocked(),
                CustomerNewsletter.valueOf(after.newsletter().name()));
    }
}

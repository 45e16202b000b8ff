package dev.abendkasse.server.cases.web;

import dev.abendkasse.api.model.CaseFilePage;
import dev.abendkasse.api.model.CaseKind;
import dev.abendkasse.api.model.CaseState;
import dev.abendkasse.server.cases.domain.CaseFile;
import dev.abendkasse.server.cases.domain.CaseSearch;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.PurchaseMapper;
import dev.abendkasse.server.web.TimeCursors;
import org.jspecify.annotations.Nullable;

/** Contract types on one side, domain types on the other. Names of kinds and states are the same on both. */
final class CaseMapper {

    private CaseMapper() {}

    static CaseSearch toSearch(@Nullable CaseKind kind, @Nullable CaseState state, @Nullable String cursor) {
        return new CaseSearch(
                kind == null ? null : CaseFile.Kind.valueOf(kind.name()),
                state == null ? null : CaseFile.State.valueOf(state.name()),
                TimeCursors.read(cursor, CaseNumber::new));
    }

    static CaseNumber toNumber(String asTold) {
        return CaseNumber.asTold(asTold).orElseThrow(() -> new ProblemException(ProblemType.CASE_NUMBER_INVALID));
    }

    static CaseFilePage toPage(Page<CaseFile> page) {
        return new CaseFilePage()
                .items(page.items().stream().map(CaseMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static dev.abendkasse.api.model.CaseFile toContract(CaseFile file) {
        var amount = file.amount();
        return new dev.abendkasse.api.model.CaseFile()
                .caseNumber(file.caseNumber())
                .formattedNumber(new CaseNumber(file.caseNumber()).grouped())
                .kind(CaseKind.valueOf(file.kind().name()))
                .state(CaseState.valueOf(file.state().name()))
                .orderId(file.orderId())
                .orderNumber(file.orderNumber())
                .amount(amount == null ? null : PurchaseMapper.toContract(amount.money()))
                .note(file.note())
                .deadline(file.deadline())
                .createdAt(file.createdAt())
                .endedAt(file.endedAt());
    }
}

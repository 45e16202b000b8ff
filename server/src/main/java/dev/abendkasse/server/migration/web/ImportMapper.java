package dev.abendkasse.server.migration.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.abendkasse.api.model.CustomerImportCell;
import dev.abendkasse.api.model.CustomerImportCount;
import dev.abendkasse.api.model.CustomerImportDelimiter;
import dev.abendkasse.api.model.CustomerImportMode;
import dev.abendkasse.api.model.CustomerImportOutcome;
import dev.abendkasse.api.model.CustomerImportPage;
import dev.abendkasse.api.model.CustomerImportRow;
import dev.abendkasse.api.model.CustomerImportRowPage;
import dev.abendkasse.api.model.CustomerImportState;
import dev.abendkasse.server.migration.csv.ImportColumns;
import dev.abendkasse.server.migration.domain.CustomerImport;
import dev.abendkasse.server.migration.domain.CutOver;
import dev.abendkasse.server.migration.domain.CutOverResult;
import dev.abendkasse.server.migration.domain.ImportResult;
import dev.abendkasse.server.migration.domain.NewImport.Form;
import dev.abendkasse.server.migration.domain.RejectedRow;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.nio.charset.Charset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** Contract types on one side, domain types on the other. */
final class ImportMapper {

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Set<Charset> READ = Set.of(UTF_8, WINDOWS);

    private ImportMapper() {}

    static Form toForm(@Nullable MediaType type, CustomerImportDelimiter delimiter, @Nullable String contentEncoding) {
        var json = type != null && type.getSubtype().endsWith("ndjson");
        var stated = type == null ? null : type.getCharset();
        var charset = stated == null ? UTF_8 : stated;
        if (!READ.contains(charset) || json && !charset.equals(UTF_8)) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        }
        var separator = delimiter == CustomerImportDelimiter.SEMICOLON ? ';' : ',';
        return new Form(json, charset, separator, "gzip".equals(contentEncoding));
    }

    static dev.abendkasse.api.model.CustomerImport doneOrProblem(ImportResult result) {
        return switch (result) {
            case ImportResult.Done(var done) -> toContract(done);
            case ImportResult.Refused(var problem) -> throw new ProblemException(problem);
        };
    }

    static dev.abendkasse.api.model.CutOver openOrProblem(CutOverResult result) {
        return switch (result) {
            case CutOverResult.Open(var cutOver) -> toContract(cutOver);
            case CutOverResult.NotReady() -> throw new ProblemException(ProblemType.CUT_OVER_NOT_READY);
        };
    }

    static CustomerImportPage toContract(Page<CustomerImport> page) {
        return new CustomerImportPage()
                .items(page.items().stream().map(ImportMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static dev.abendkasse.api.model.CustomerImport toContract(CustomerImport found) {
        return new dev.abendkasse.api.model.CustomerImport()
                .importId(found.importId())
                .source(found.source())
                .mode(found.apply() ? CustomerImportMode.APPLY : CustomerImportMode.DRY_RUN)
                .state(CustomerImportState.valueOf(found.state().name()))
                .exportedAt(found.exportedAt())
                .rows(found.rows())
                .done(found.done())
                .rowsPerSecond(found.rowsPerSecond())
                .endsAt(found.endsAt())
                .counts(found.counts().stream().map(ImportMapper::toContract).toList())
                .unexplained(found.unexplained())
                .startedBy(found.startedBy())
                .startedAt(found.startedAt())
                .endedAt(found.endedAt())
                .version(found.version());
    }

    /** The number of the row that a page starts after. */
    static long rowOf(@Nullable String cursor) {
        try {
            return cursor == null ? 0 : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.in("cursor", "{fault.cursor}"));
        }
    }

    static CustomerImportRowPage toRows(Page<RejectedRow> page) {
        return new CustomerImportRowPage()
                .items(page.items().stream().map(ImportMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    private static CustomerImportRow toContract(RejectedRow found) {
        var row = new CustomerImportRow()
                .row(found.number())
                .outcome(CustomerImportOutcome.valueOf(found.outcome().name()))
                .reason(found.reason())
                .column(found.column())
                .cells(ImportColumns.ALL.stream()
                        .filter(found.cells()::containsKey)
                        .map(column ->
                                new CustomerImportCell(column, found.cells().getOrDefault(column, "")))
                        .toList());
        var explanation = found.explanation();
        return explanation == null
                ? row
                : row.explanation(explanation.note())
                        .explainedBy(explanation.by())
                        .explainedAt(explanation.at());
    }

    private static CustomerImportCount toContract(CustomerImport.Count count) {
        return new CustomerImportCount()
                .outcome(CustomerImportOutcome.valueOf(count.outcome().name()))
                .reason(count.reason())
                .rows(count.rows());
    }

    static dev.abendkasse.api.model.CutOver toContract(CutOver cutOver) {
        return new dev.abendkasse.api.model.CutOver()
                .loginOpen(cutOver.loginOpen())
                .newsletterOpen(cutOver.newsletterOpen())
                .importsUnderWay(cutOver.importsUnderWay())
                .unexplained(cutOver.unexplained())
                .unwrapped(cutOver.unwrapped())
                .exceptionsDigest(cutOver.exceptionsDigest())
                .openedBy(cutOver.openedBy())
                .openedAt(cutOver.openedAt());
    }
}

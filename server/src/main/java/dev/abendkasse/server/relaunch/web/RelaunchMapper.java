package dev.abendkasse.server.relaunch.web;

import dev.abendkasse.api.model.CoverageFigures;
import dev.abendkasse.api.model.MigrationCoverage;
import dev.abendkasse.api.model.MigrationEndChange;
import dev.abendkasse.api.model.PasswordWrapping;
import dev.abendkasse.api.model.SourceCoverage;
import dev.abendkasse.server.relaunch.domain.Coverage;
import dev.abendkasse.server.relaunch.domain.MigrationEnd;
import dev.abendkasse.server.relaunch.domain.Wrapping;
import dev.abendkasse.server.web.Headers;
import org.springframework.http.ResponseEntity;

/** Contract types on one side, ours on the other. */
final class RelaunchMapper {

    private RelaunchMapper() {}

    static PasswordWrapping toContract(Wrapping wrapping) {
        return new PasswordWrapping(wrapping.sealed(), wrapping.wrapped(), wrapping.faults(), wrapping.perMinute())
                .expectedEnd(wrapping.expectedEnd());
    }

    static MigrationCoverage toContract(Coverage coverage) {
        var sources = coverage.sources().stream()
                .map(source -> new SourceCoverage(source.source(), toContract(source.figures())))
                .toList();
        return new MigrationCoverage(coverage.countedAt(), toContract(coverage.all()), sources)
                .endsAt(coverage.endsAt());
    }

    private static CoverageFigures toContract(Coverage.Figures figures) {
        return new CoverageFigures(
                figures.accounts(),
                figures.beenIn(),
                figures.claimed(),
                figures.formerHash(),
                figures.sealed(),
                figures.needClaim(),
                figures.unproven(),
                figures.locked(),
                figures.merged(),
                figures.erased());
    }

    static MigrationEnd.Change toDomain(MigrationEndChange change, long version, String by) {
        return new MigrationEnd.Change(change.getEndsAt(), version, by);
    }

    static ResponseEntity<dev.abendkasse.api.model.MigrationEnd> answer(MigrationEnd end) {
        return ResponseEntity.ok()
                .eTag(Headers.etag(end.version()))
                .body(new dev.abendkasse.api.model.MigrationEnd(end.version()).endsAt(end.endsAt()));
    }
}

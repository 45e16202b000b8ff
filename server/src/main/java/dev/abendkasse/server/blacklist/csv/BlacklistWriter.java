package dev.abendkasse.server.blacklist.csv;

import dev.abendkasse.server.blacklist.domain.BlacklistEntry;
import dev.abendkasse.server.csv.CsvLine;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes entries as a file, row by row. */
public final class BlacklistWriter {

    private BlacklistWriter() {}

    public static String header() {
        return CsvLine.of(Arrays.stream(Columns.values()).map(Columns::title).toList());
    }

    /** @param matchKey hex; none for an entry of an account alone */
    public static String row(BlacklistEntry entry, @Nullable String matchKey) {
        return CsvLine.of(Arrays.asList(
                entry.entryId(),
                entry.customerId(),
                entry.email(),
                matchKey,
                entry.reason(),
                EvidenceCell.write(entry.evidence()),
                entry.endsAt(),
                entry.createdAt(),
                entry.createdBy(),
                entry.liftedAt(),
                entry.liftedBy(),
                entry.liftNote()));
    }
}

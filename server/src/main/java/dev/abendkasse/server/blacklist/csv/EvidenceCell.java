package dev.abendkasse.server.blacklist.csv;

import dev.abendkasse.server.blacklist.domain.Evidence;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Evidence in one cell: a line for each, with the order's number before it where there is one, as in {@code #100042: …}. */
final class EvidenceCell {

    static final int MOST = 50;
    static final int LONGEST = 1000;

    private static final Pattern WITH_ORDER = Pattern.compile("#([0-9]{1,18}): +(\\S.*)");

    private EvidenceCell() {}

    static List<Evidence> read(String cell) {
        return cell.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(EvidenceCell::line)
                .toList();
    }

    static String write(List<Evidence> evidence) {
        return evidence.stream()
                .map(one -> order(one.orderNumber()) + one.text().replaceAll("\\R", " "))
                .collect(Collectors.joining("\n"));
    }

    private static Evidence line(String line) {
        var named = WITH_ORDER.matcher(line);
        return named.matches() ? new Evidence(named.group(2), named.group(1)) : new Evidence(line, null);
    }

    private static String order(@Nullable String number) {
        return number == null ? "" : "#" + number + ": ";
    }
}

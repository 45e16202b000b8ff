package dev.abendkasse.contract;

import static org.assertj.core.api.Assertions.fail;

import java.util.stream.Stream;

/** How a rule reports: all offenders at once, one a line. */
final class Findings {

    private Findings() {}

    static void assertNone(Stream<String> offenders) {
        var lines = offenders.distinct().sorted().toList();
        if (!lines.isEmpty()) {
            fail("Findings: %d%n%s", lines.size(), String.join(System.lineSeparator(), lines));
        }
    }
}

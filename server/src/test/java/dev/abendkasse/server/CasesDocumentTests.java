package dev.abendkasse.server;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/cases.md says which promise or edge case each test proves; it and the tests cannot drift apart. */
class CasesDocumentTests {

    private static final Path DOCUMENT = Path.of("docs/cases.md");
    private static final Path PROJECT = Path.of("..");
    private static final List<String> SOURCES =
            List.of("server", "api-spec", "client-sdk/java", "client-sdk/java-office");

    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");

    /** At the start of a name or after an And: d12FailedAdd…, s1AndS2CartOf…, …AndS3NoneDeadlocks. */
    private static final Pattern CASE = Pattern.compile("(?:^|And)([pdhbmcsPDHBMCS]\\d{1,2})(?=[A-Z])");

    private static final Pattern ENTRY = Pattern.compile("### ([A-Z]\\d+): .+");
    private static final Pattern PROOF = Pattern.compile("- `(\\w+\\.\\w+)`");

    /** A test, as in {@code CartStoreTests.d12FailedAddDoesNotExtendTheHold}, and the cases that its name names. */
    private record Proof(String test, TreeSet<String> cases) {}

    @Test
    void everyTestThatNamesACaseStandsUnderThatCase() {
        var missing = named().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(test -> !listed().getOrDefault(entry.getKey(), List.of())
                                .contains(test))
                        .map(test -> entry.getKey() + ": - `" + test + "`"));

        assertThat(missing).as("lines that %s lacks", DOCUMENT).isEmpty();
    }

    @Test
    void everyEntryHasATest() {
        var unproven = listed().entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey);

        assertThat(listed()).isNotEmpty();
        assertThat(unproven).as("cases that no test proves").isEmpty();
    }

    @Test
    void everyTestThatIsListedExists() {
        var tests = proofs().map(Proof::test).collect(Collectors.toSet());

        assertThat(listed().values().stream().flatMap(List::stream).filter(test -> !tests.contains(test)))
                .as("lines of %s without a test", DOCUMENT)
                .isEmpty();
    }

    private static Map<String, List<String>> listed() {
        var entries = new TreeMap<String, List<String>>();
        var current = "";
        for (var line : lines(DOCUMENT)) {
            var entry = ENTRY.matcher(line);
            var proof = PROOF.matcher(line);
            if (entry.matches()) {
                current = entry.group(1);
                assertThat(entries).as("one entry for each case").doesNotContainKey(current);
                entries.put(current, new ArrayList<>());
            } else if (proof.matches()) {
                entries.get(current).add(proof.group(1));
            }
        }
        return entries;
    }

    private static Map<String, List<String>> named() {
        return proofs().flatMap(proof -> proof.cases().stream().map(id -> Map.entry(id, proof.test())))
                .collect(
                        groupingBy(Map.Entry::getKey, TreeMap::new, mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static Stream<Proof> proofs() {
        return SOURCES.stream()
                .map(module -> PROJECT.resolve(module).resolve("src/test/java"))
                .filter(Files::exists)
                .flatMap(CasesDocumentTests::testFiles)
                .flatMap(CasesDocumentTests::proofsIn);
    }

    private static Stream<Proof> proofsIn(Path file) {
        var testClass = file.getFileName().toString().replace(".java", "");
        return lines(file).stream()
                .flatMap(line -> METHOD.matcher(line).results())
                .map(method -> new Proof(testClass + "." + method.group(1), casesIn(method.group(1))));
    }

    private static TreeSet<String> casesIn(String name) {
        return CASE.matcher(name)
                .results()
                .map(found -> found.group(1).toUpperCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Path> testFiles(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith("Tests.java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

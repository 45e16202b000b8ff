package dev.abendkasse.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contract as a whole.
 *
 * @param shop     the public root
 * @param office   the root for own staff
 * @param problems what the files in {@code shared/problems} say
 */
record Contracts(Contract shop, Contract office, List<Problem> problems) {

    /** The bundles that go into the jar, next to the sources they are made from. */
    static final Path BUNDLES = Path.of("target", "classes", "contract");

    private static final Path SHARED_PROBLEMS = Path.of("src", "main", "openapi", "shared", "problems");

    static Contracts bundled() {
        return new Contracts(
                Contract.parse("shop", read(BUNDLES.resolve("openapi.yaml"))),
                Contract.parse("office", read(BUNDLES.resolve("openapi-office.yaml"))),
                readProblems());
    }

    Stream<Contract> roots() {
        return Stream.of(shop, office);
    }

    Stream<Endpoint> endpoints() {
        return roots().flatMap(Contract::endpoints);
    }

    Stream<Answer> answers() {
        return endpoints().flatMap(Endpoint::answers);
    }

    Stream<Place> schemas() {
        return roots().flatMap(Contract::schemas);
    }

    static JsonNode read(Path file) {
        try {
            return Yaml.mapper().readTree(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Problem> readProblems() {
        try (var files = Files.list(SHARED_PROBLEMS)) {
            return files.map(file -> new Problem(nameOf(file), read(file))).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().replace(".yaml", "");
    }
}

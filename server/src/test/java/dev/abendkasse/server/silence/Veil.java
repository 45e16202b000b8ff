package dev.abendkasse.server.silence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Covers the values of those fields, and of no others, that docs/blacklist.md publishes as different from answer to answer. Their
 * names, their places and the sizes of everything stay in sight.
 */
final class Veil {

    private static final Path DOCUMENT = Path.of("docs/blacklist.md");
    private static final Pattern SECTION =
            Pattern.compile("^## What a client can see$(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ROW =
            Pattern.compile("^\\| `([\\w-]+)` \\| (header|member|event) \\|", Pattern.MULTILINE);

    private final Set<String> headers = listed("header");
    private final Set<String> members = listed("member");
    private final Set<String> fields = listed("event");

    /** The answer without what may differ. */
    String over(RawAnswer answer) {
        var head = answer.head().stream().map(this::over).collect(Collectors.joining("\n"));
        return head + "\n\n" + overBody(answer.text());
    }

    /** The same for server-sent events. */
    String overEvents(String text) {
        var covered = text;
        for (var field : fields) {
            covered = covered.replaceAll("(?m)^" + field + ":.*$", field + ":*");
        }
        return covered;
    }

    /** How long each line of the head and the body are. */
    static List<Integer> sizes(RawAnswer answer) {
        var sizes = answer.head().stream().map(String::length).collect(Collectors.toList());
        sizes.add(answer.body().length);
        return sizes;
    }

    Set<String> headers() {
        return headers;
    }

    private String over(String line) {
        var name = line.split(": ", 2)[0];
        return headers.contains(name.toLowerCase()) ? name + ": *" : line;
    }

    private String overBody(String body) {
        var covered = body;
        for (var member : members) {
            covered = covered.replaceAll("\"" + member + "\":\"[^\"]*\"", "\"" + member + "\":\"*\"");
        }
        return covered;
    }

    private static Set<String> listed(String kind) {
        var section = SECTION.matcher(document());
        assertThat(section.find()).as("%s has the section", DOCUMENT).isTrue();
        return ROW.matcher(section.group(1))
                .results()
                .filter(row -> row.group(2).equals(kind))
                .map(row -> kind.equals("header") ? row.group(1).toLowerCase() : row.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String document() {
        try {
            return Files.readString(DOCUMENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.abendkasse.server.passwords;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A hash that somebody else's code has made; the scripts stand beside the files. */
public record Vector(
        String format,
        String name,
        String password,
        String hash,
        @Nullable String salt,
        @Nullable String parameters) {

    public static List<Vector> all() {
        return Stream.of("passlib.json", "php.json").flatMap(Vector::in).toList();
    }

    /** One of each format, none of them slow. */
    public static Stream<Vector> formats() {
        return firstOfEachFormat(all().stream());
    }

    static Stream<Vector> firstOfEachFormat(Stream<Vector> vectors) {
        return vectors
                .collect(Collectors.toMap(Vector::format, vector -> vector, (first, _) -> first, TreeMap::new))
                .values()
                .stream();
    }

    public StoredPassword stored() {
        return ((Acceptance.Accepted) declared().accept()).password();
    }

    DeclaredHash declared() {
        return new DeclaredHash(PasswordFormat.of(format).orElseThrow(), hash, salt, parameters);
    }

    private static Stream<Vector> in(String file) {
        try (var json = Objects.requireNonNull(Vector.class.getResourceAsStream("/passwords/" + file))) {
            return Arrays.stream(JsonMapper.shared().readValue(json.readAllBytes(), Vector[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return format + ": " + name;
    }
}

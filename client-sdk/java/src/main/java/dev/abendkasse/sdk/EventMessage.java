package dev.abendkasse.sdk;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message of a stream, line by line. */
final class EventMessage {

    private static final String MILLIS = "[0-9]{1,9}";

    private @Nullable String id;
    private @Nullable String data;
    private @Nullable Duration retry;

    /** A line without the name of a field is a comment. */
    void add(String line) {
        var colon = line.indexOf(':');
        var name = colon < 0 ? line : line.substring(0, colon);
        var value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
        switch (name) {
            case "id" -> id = value;
            case "data" -> data = data == null ? value : data + "\n" + value;
            case "retry" -> retry = value.matches(MILLIS) ? Duration.ofMillis(Long.parseLong(value)) : retry;
            default -> {}
        }
    }

    Optional<String> id() {
        return Optional.ofNullable(id);
    }

    Optional<String> data() {
        return Optional.ofNullable(data);
    }

    Optional<Duration> retry() {
        return Optional.ofNullable(retry);
    }
}

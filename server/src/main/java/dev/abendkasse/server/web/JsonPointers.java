package dev.abendkasse.server.web;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;
import tools.jackson.core.JacksonException.Reference;

/** Places in a body as JSON Pointers in URI fragments (RFC 6901, section 6). */
final class JsonPointers {

    static final String ROOT = "#";

    private static final int MAX_LENGTH = 500;
    private static final Pattern STEP = Pattern.compile("[^.\\[\\]]+");

    private JsonPointers() {}

    static String of(List<Reference> path) {
        var pointer = new StringBuilder(ROOT);
        for (var step : path) {
            append(pointer, step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName());
        }
        return bounded(pointer);
    }

    /** @param beanPath as Spring writes it, such as {@code items[0].priceType} */
    static String of(String beanPath) {
        var pointer = new StringBuilder(ROOT);
        STEP.matcher(beanPath).results().forEach(step -> append(pointer, step.group()));
        return bounded(pointer);
    }

    private static void append(StringBuilder pointer, String step) {
        var escaped = step.replace("~", "~0").replace("/", "~1");
        pointer.append('/').append(UriUtils.encode(escaped, "UTF-8"));
    }

    private static String bounded(StringBuilder pointer) {
        return pointer.substring(0, Math.min(pointer.length(), MAX_LENGTH));
    }
}

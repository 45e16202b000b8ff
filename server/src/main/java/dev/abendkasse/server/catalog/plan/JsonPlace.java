package dev.abendkasse.server.catalog.plan;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value and where it stands in the document; the pointer is spelled out only when a finding needs it.
 *
 * @param parent the object or array around it, none for the document itself
 * @param key    the member's name; an element of an array has its array's
 * @param index  the element's index, or -1 for a member
 */
record JsonPlace(JsonNode json, @Nullable JsonPlace parent, String key, int index) {

    private static final String UNESCAPED_IN_FRAGMENT = "-._~!$&'()*+,;=:@?";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    static JsonPlace root(JsonNode document) {
        return new JsonPlace(document, null, "", -1);
    }

    JsonPlace member(String name) {
        return new JsonPlace(json.path(name), this, name, -1);
    }

    List<JsonPlace> elements() {
        return IntStream.range(0, json.size())
                .mapToObj(element -> new JsonPlace(json.path(element), this, key, element))
                .toList();
    }

    /** The format writes null for a value that isn't there. */
    boolean isAbsent() {
        return json.isMissingNode() || json.isNull();
    }

    String pointer() {
        var pointer = new StringBuilder("#");
        appendTo(pointer);
        return pointer.toString();
    }

    private void appendTo(StringBuilder pointer) {
        if (parent == null) {
            return;
        }
        parent.appendTo(pointer);
        pointer.append('/');
        if (index < 0) {
            appendKeyTo(pointer);
        } else {
            pointer.append(index);
        }
    }

    private void appendKeyTo(StringBuilder pointer) {
        var token = key.replace("~", "~0").replace("/", "~1");
        for (byte octet : token.getBytes(StandardCharsets.UTF_8)) {
            if (isUnescaped(octet)) {
                pointer.append((char) octet);
            } else {
                pointer.append('%').append(HEX.toHexDigits(octet));
            }
        }
    }

    private static boolean isUnescaped(byte octet) {
        return octet > 0 && (Character.isLetterOrDigit(octet) || UNESCAPED_IN_FRAGMENT.indexOf(octet) >= 0);
    }
}

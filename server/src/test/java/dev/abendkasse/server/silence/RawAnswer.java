package dev.abendkasse.server.silence;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer as it came over the wire.
 *
 * @param head the status line and the header lines, in their order
 */
record RawAnswer(List<String> head, byte[] body) {

    int status() {
        return Integer.parseInt(head.getFirst().split(" ")[1]);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    boolean isRedirect() {
        return status() == 200 && "REDIRECT".equals(json().path("outcome").asString(""));
    }

    @Override
    public String toString() {
        return String.join("\n", head) + "\n\n" + text();
    }
}

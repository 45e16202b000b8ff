package dev.abendkasse.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/**
 * A kind of problem.
 *
 * @param name    the name of its file
 * @param content what the file says
 */
record Problem(String name, JsonNode content) {

    String where() {
        return "problem " + name;
    }

    /** Name, code and type agree, and so do summary and title. */
    boolean isWrittenAsUsual() {
        return content.at("/value/code").asText().equals(name)
                && content.at("/value/type").asText().equals("/problems/" + name)
                && content.at("/value/title").equals(content.at("/summary"));
    }

    Stream<String> faults(Contract contract) {
        var schema = contract.api().getComponents().getSchemas().get("problem");
        return new Sample(contract, where(), content.get("value"), schema).faults();
    }
}

package dev.abendkasse.contract;

import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.util.stream.Stream;

/** A value given as an example of a schema. */
record Sample(Contract contract, String where, Object value, Schema<?> schema) {

    Stream<String> faults() {
        return contract.faultsIn(value, schema).map(fault -> where + ": " + fault);
    }

    String text(String field) {
        return Json.mapper().valueToTree(value).path(field).asText();
    }
}

package dev.abendkasse.contract;

import static dev.abendkasse.contract.Contract.entries;

import io.swagger.v3.oas.models.media.MediaType;
import java.util.stream.Stream;

/** A body in one format. */
record Body(Contract contract, String owner, String type, MediaType content) {

    String where() {
        return owner + " " + type;
    }

    /** JSON, or a form, which reads alike. */
    boolean isStructured() {
        return type.endsWith("json") || type.equals("application/x-www-form-urlencoded");
    }

    Stream<Place> schemas() {
        return Stream.ofNullable(content.getSchema()).map(schema -> new Place(where(), schema));
    }

    /** The examples that stand beside the schema. */
    Stream<Sample> ownSamples() {
        var single = Stream.ofNullable(content.getExample()).map(value -> sample("example", value));
        var named = entries(content.getExamples())
                .map(example -> sample(
                        example.getKey(), contract.resolve(example.getValue()).getValue()));
        return Stream.concat(single, named);
    }

    boolean hasSample() {
        return ownSamples().findAny().isPresent()
                || schemas().anyMatch(place -> contract.resolve(place.schema()).getExample() != null);
    }

    private Sample sample(String name, Object value) {
        return new Sample(contract, where() + " " + name, value, content.getSchema());
    }
}

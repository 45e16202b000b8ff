package dev.abendkasse.contract;

import static dev.abendkasse.contract.Contract.each;
import static dev.abendkasse.contract.Contract.entries;

import io.swagger.v3.oas.models.media.Schema;
import java.util.Set;
import java.util.stream.Stream;

/** A schema and where it stands. */
record Place(String where, Schema<?> schema) {

    private static final Set<String> BOUNDED_FORMATS = Set.of("uuid", "date", "date-time", "binary");

    /** This schema and every one written inside it; what is only referred to stands elsewhere. */
    Stream<Place> withAllInside() {
        return Stream.concat(Stream.of(this), parts().flatMap(Place::withAllInside));
    }

    Stream<Place> properties() {
        return entries(schema.getProperties())
                .map(property -> new Place(where + "." + property.getKey(), property.getValue()));
    }

    /** The schemas of which a value is one. */
    Stream<Schema<?>> choices() {
        return Stream.concat(each(schema.getOneOf()), each(schema.getAnyOf())).map(choice -> choice);
    }

    boolean isReference() {
        return schema.get$ref() != null;
    }

    boolean isUnboundedString() {
        return "string".equals(schema.getType())
                && schema.getEnum() == null
                && schema.getMaxLength() == null
                && !BOUNDED_FORMATS.contains(String.valueOf(schema.getFormat()));
    }

    boolean isUnboundedNumber() {
        return Set.of("integer", "number").contains(String.valueOf(schema.getType()))
                && (schema.getMinimum() == null || schema.getMaximum() == null);
    }

    /** A stream of events is sent as an array that never ends. */
    boolean isUnboundedArray() {
        return "array".equals(schema.getType())
                && schema.getMaxItems() == null
                && !"event-stream".equals(schema.getFormat());
    }

    private Stream<Place> parts() {
        var rest = Stream.of(
                Stream.ofNullable(schema.getItems()).map(items -> new Place(where + "[]", items)),
                Stream.ofNullable(schema.getAdditionalProperties())
                        .filter(Schema.class::isInstance)
                        .map(value -> new Place(where + "{}", (Schema<?>) value)),
                Stream.concat(choices(), each(schema.getAllOf()).map(part -> part))
                        .map(part -> new Place(where + " part", part)));
        return Stream.concat(properties(), rest.flatMap(places -> places));
    }
}

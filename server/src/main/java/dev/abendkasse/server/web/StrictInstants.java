package dev.abendkasse.server.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.springframework.core.convert.converter.Converter;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Reads instants as RFC 3339 writes them: a year of four digits and an offset. PostgreSQL can store all of those. */
final class StrictInstants extends StdScalarDeserializer<Instant> implements Converter<String, Instant> {

    private static final Pattern RFC3339 =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

    StrictInstants() {
        super(Instant.class);
    }

    static JacksonModule module() {
        return new SimpleModule("strict-instants").addDeserializer(Instant.class, new StrictInstants());
    }

    @Override
    public Instant convert(String text) {
        if (!RFC3339.matcher(text).matches()) {
            throw new DateTimeException("Not an RFC 3339 date-time");
        }
        return OffsetDateTime.parse(text).toInstant();
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(getValueType(context), parser);
        }
        try {
            return convert(parser.getString());
        } catch (DateTimeException e) {
            return (Instant) context.handleWeirdStringValue(Instant.class, parser.getString(), "not RFC 3339");
        }
    }
}

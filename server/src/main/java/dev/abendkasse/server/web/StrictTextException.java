package dev.abendkasse.server.web;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;

/** A text holds what PostgreSQL or UTF-8 cannot: U+0000 or half a surrogate pair. */
final class StrictTextException extends DatabindException {

    StrictTextException(JsonParser parser) {
        super(parser, "A text holds U+0000 or half a surrogate pair");
    }
}

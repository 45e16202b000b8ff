package dev.abendkasse.server.web;

import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.deser.jackson.JsonNodeDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/** Reads only texts that can be stored and written again, wherever a text can stand in a body. */
final class StrictText {

    private StrictText() {}

    static JacksonModule module() {
        return new SimpleModule("strict-text")
                .addDeserializer(String.class, new Texts())
                .addDeserializer(JsonNode.class, new Trees())
                .addKeyDeserializer(String.class, new Keys());
    }

    static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static final class Texts extends StdScalarDeserializer<String> {

        Texts() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (String) context.handleUnexpectedToken(getValueType(context), parser);
            }
            var text = parser.getString();
            if (!isStorable(text)) {
                throw new StrictTextException(parser);
            }
            return text;
        }
    }

    private static final class Keys extends KeyDeserializer {

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            if (!isStorable(key)) {
                throw new StrictTextException(context.getParser());
            }
            return key;
        }
    }

    private static final class Trees extends StdDeserializer<JsonNode> {

        Trees() {
            super(JsonNode.class);
        }

        @Override
        public JsonNode deserialize(JsonParser parser, DeserializationContext context) {
            var tree = (JsonNode)
                    JsonNodeDeserializer.getDeserializer(JsonNode.class).deserialize(parser, context);
            check(tree, parser);
            return tree;
        }

        private static void check(JsonNode node, JsonParser parser) {
            if (node.isString() && !isStorable(node.stringValue())) {
                throw new StrictTextException(parser);
            }
            node.forEachEntry((name, child) -> checkField(node, name, child, parser));
            for (int i = 0; node.isArray() && i < node.size(); i++) {
                checkElement(node, i, parser);
            }
        }

        private static void checkField(JsonNode node, String name, JsonNode child, JsonParser parser) {
            try {
                if (!isStorable(name)) {
                    throw new StrictTextException(parser);
                }
                check(child, parser);
            } catch (StrictTextException e) {
                e.prependPath(new Reference(node, name));
                throw e;
            }
        }

        private static void checkElement(JsonNode node, int index, JsonParser parser) {
            try {
                check(node.get(index), parser);
            } catch (StrictTextException e) {
                e.prependPath(new Reference(node, index));
                throw e;
            }
        }
    }
}

package dev.abendkasse.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.schema.SchemaValidator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.abendkasse.server.testing.Contract;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the public contract says that endpoints are sent. */
final class WebhookContract {

    private static final OpenAPI PUBLIC = Contract.PUBLIC.document();
    private static final SchemaValidator VALIDATOR = new SchemaValidator(PUBLIC, new MessageResolver());

    /** Schemas by the types that they have. */
    private static final Map<String, Schema<?>> SCHEMAS = schemas();

    private WebhookContract() {}

    static Set<String> types() {
        return SCHEMAS.keySet();
    }

    /** What the office's contract lets endpoints ask for. */
    static Set<String> typesOnOffer() {
        return values(schema(Contract.OFFICE.document(), "webhook-event-type"));
    }

    /** Fails unless the body is of the schema that its type has. */
    static void verify(String type, String body) {
        assertThat(SCHEMAS).as("types that the contract lists").containsKey(type);
        assertThat(VALIDATOR.validate(body, SCHEMAS.get(type), "webhook").getMessages())
                .as("faults in %s", body)
                .isEmpty();
    }

    private static Map<String, Schema<?>> schemas() {
        var found = new TreeMap<String, Schema<?>>();
        for (var webhook : webhooks()) {
            var name = webhook.at("/post/requestBody/content/application~1json/schema/$ref")
                    .asText()
                    .replace("#/components/schemas/", "");
            types(schema(PUBLIC, name))
                    .forEach(type -> found.put(type, new Schema<>().$ref("#/components/schemas/" + name)));
        }
        return found;
    }

    private static JsonNode webhooks() {
        var webhooks = Json.mapper().valueToTree(PUBLIC.getExtensions().get("x-webhooks"));
        assertThat(webhooks).as("x-webhooks of the public contract").isNotEmpty();
        return (JsonNode) webhooks;
    }

    private static Set<String> types(Schema<?> schema) {
        var type = schema.getProperties().get("type");
        return values(schema(PUBLIC, type.get$ref().replace("#/components/schemas/", "")));
    }

    private static Set<String> values(Schema<?> choice) {
        return choice.getEnum().stream().map(String::valueOf).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Schema<?> schema(OpenAPI contract, String name) {
        Schema<?> schema = contract.getComponents().getSchemas().get(name);
        assertThat(schema).as(name).isNotNull();
        return schema;
    }
}

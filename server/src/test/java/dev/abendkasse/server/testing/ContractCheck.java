package dev.abendkasse.server.testing;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.MessageResolver;
import com.atlassian.oai.validator.report.SimpleValidationReportFormat;
import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.schema.SchemaValidator;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

/**
 * Fails a test whose server answers otherwise than the contract says: status, content type, headers, body, and the code of
 * a problem. A request that was answered with success must be one that the contract allows; of others only the answer is
 * looked at, since tests send bad input on purpose.
 */
public final class ContractCheck {

    private static final Map<Contract, OpenApiInteractionValidator> VALIDATORS = new ConcurrentHashMap<>();
    private static final Set<Integer> COME_BACK_LATER = Set.of(429, 503);

    /** What HTTP itself provides for and the contract therefore does not list. */
    private static final int NOT_ACCEPTABLE = 406;

    private static final String API = "/v1/";
    private static final String TOKENS = "/v1/oauth2/token";

    private ContractCheck() {}

    /** For WebTestClient and WebClient. */
    public static ExchangeFilterFunction filter() {
        return new CheckingFilter();
    }

    /** For the SDK and whoever else uses Java's client; an answer that breaks the contract is an AssertionError. */
    public static HttpClient of(HttpClient client) {
        return new CheckingHttpClient(client);
    }

    /** A message of a stream of events, with its fields as a JSON object. */
    static void verifyMessage(URI stream, JsonNode message) {
        var contract = Contract.ofPath(stream.getRawPath()).orElseThrow();
        var content = contract.operation("GET", stream.getRawPath())
                .orElseThrow()
                .getResponses()
                .get("200")
                .getContent()
                .get(MediaType.TEXT_EVENT_STREAM_VALUE);
        var report = new SchemaValidator(contract.document(), new MessageResolver())
                .validate(message.toString(), content.getSchema().getItems(), "message");
        if (report.hasErrors()) {
            throw new AssertionError("The contract is broken. "
                    + SimpleValidationReportFormat.getInstance().apply(report) + "\n" + stream + "\n" + message);
        }
    }

    static void verify(Exchange exchange) {
        Contract.ofPath(exchange.path())
                .filter(_ -> exchange.status() != NOT_ACCEPTABLE)
                .flatMap(contract -> contract.operation(exchange.method(), exchange.path())
                        .map(operation -> new Found(contract, operation)))
                .ifPresentOrElse(found -> verify(exchange, found), () -> verifyUnknown(exchange));
        if (COME_BACK_LATER.contains(exchange.status())
                && !exchange.headers().containsHeader(HttpHeaders.RETRY_AFTER)) {
            throw broken(exchange, "It does not say when to come back");
        }
    }

    private record Found(Contract contract, Operation operation) {}

    private static void verify(Exchange exchange, Found found) {
        var validator = VALIDATORS.computeIfAbsent(found.contract(), ContractCheck::validator);
        check(exchange, validator.validateResponse(exchange.path(), method(exchange), response(exchange)));
        if (exchange.isSuccess()) {
            check(exchange, validator.validateRequest(request(exchange)));
        }
        if (exchange.isFailure() && !exchange.path().equals(TOKENS)) {
            verifyProblem(exchange);
            verifyCode(exchange, found.operation());
        }
    }

    /** What the contract does not know can only be refused, in the same way as everything else. */
    private static void verifyUnknown(Exchange exchange) {
        if (exchange.isFailure() && exchange.path().startsWith(API)) {
            verifyProblem(exchange);
        }
    }

    private static void verifyProblem(Exchange exchange) {
        if (!exchange.mediaType().equals(MediaType.APPLICATION_PROBLEM_JSON_VALUE)) {
            throw broken(exchange, "It fails otherwise than with a problem");
        }
        if (hasBody(exchange) && exchange.json().path("status").asInt() != exchange.status()) {
            throw broken(exchange, "The problem's status is not the answer's");
        }
    }

    /** The codes that an operation can answer with are its examples. */
    private static void verifyCode(Exchange exchange, Operation operation) {
        var examples = operation
                .getResponses()
                .get(Integer.toString(exchange.status()))
                .getContent()
                .get(MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .getExamples();
        var code = exchange.json().path("code").asString();
        if (examples == null || !examples.containsKey(code)) {
            throw broken(exchange, "The contract does not name the code " + code + " for this operation and status");
        }
    }

    private static OpenApiInteractionValidator validator(Contract contract) {
        var document = contract.document();
        // Members that the contract does not name are faults; but a choice must leave them to its alternatives.
        document.getComponents().getSchemas().values().stream()
                .filter(schema -> schema.getOneOf() != null)
                .forEach(ContractCheck::open);
        return OpenApiInteractionValidator.createFor(document)
                .withStrictOperationPathMatching()
                .build();
    }

    private static void open(Schema<?> schema) {
        schema.setAdditionalProperties(true);
    }

    private static void check(Exchange exchange, ValidationReport report) {
        if (report.hasErrors()) {
            throw broken(exchange, SimpleValidationReportFormat.getInstance().apply(report));
        }
    }

    private static AssertionError broken(Exchange exchange, String how) {
        return new AssertionError("The contract is broken. " + how + "\n" + exchange);
    }

    private static Request.Method method(Exchange exchange) {
        return Request.Method.valueOf(exchange.method());
    }

    private static SimpleRequest request(Exchange exchange) {
        var request = new SimpleRequest.Builder(method(exchange), exchange.path());
        exchange.requestHeaders().forEach(request::withHeader);
        UriComponentsBuilder.fromUri(exchange.uri())
                .build()
                .getQueryParams()
                .forEach((name, values) -> request.withQueryParam(
                        name, values.stream().map(ContractCheck::decoded).toList()));
        // HTTP gives a GET's body no meaning, and the server does not read it.
        if (hasRequestBody(exchange) && method(exchange) != Request.Method.GET) {
            request.withBody(exchange.requestBody());
        }
        return request.build();
    }

    /** As the server reads it. */
    private static String decoded(String value) {
        return value == null ? null : URLDecoder.decode(value, StandardCharsets.UTF_8);
    }

    private static SimpleResponse response(Exchange exchange) {
        var response = SimpleResponse.Builder.status(exchange.status());
        exchange.headers().forEach(response::withHeader);
        if (hasBody(exchange)) {
            response.withBody(exchange.body());
        } else if (exchange.body() == null) {
            response.withBody("(not read)");
        }
        return response.build();
    }

    private static boolean hasRequestBody(Exchange exchange) {
        return exchange.requestBody() != null && exchange.requestBody().length > 0;
    }

    private static boolean hasBody(Exchange exchange) {
        return exchange.body() != null && exchange.body().length > 0;
    }
}

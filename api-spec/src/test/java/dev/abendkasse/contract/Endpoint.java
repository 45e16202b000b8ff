package dev.abendkasse.contract;

import static dev.abendkasse.contract.Contract.each;
import static dev.abendkasse.contract.Contract.entries;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import java.util.stream.Stream;

/** An operation and where it is. */
record Endpoint(Contract contract, String path, HttpMethod method, Operation operation) {

    String where() {
        return contract.name() + " " + method + " " + path;
    }

    Stream<Parameter> parameters() {
        return each(operation.getParameters());
    }

    /** What the request's body can be. */
    Stream<Body> bodies() {
        return Stream.ofNullable(operation.getRequestBody())
                .map(RequestBody::getContent)
                .flatMap(content -> entries(content)
                        .map(type -> new Body(contract, where() + " request", type.getKey(), type.getValue())));
    }

    Stream<Answer> answers() {
        return entries(operation.getResponses())
                .map(response -> new Answer(this, response.getKey(), response.getValue()));
    }

    boolean answersWith(String status) {
        return answers().anyMatch(answer -> answer.status().equals(status));
    }

    boolean takesAnything() {
        return takesABody() || parameters().findAny().isPresent();
    }

    boolean takesABody() {
        return operation.getRequestBody() != null;
    }

    /** Whether a token can be wrong here: some way in asks for one. */
    boolean isSecured() {
        return each(operation.getSecurity()).anyMatch(requirement -> !requirement.isEmpty());
    }

    Stream<Place> schemas() {
        var taken = parameters()
                .filter(parameter -> parameter.getSchema() != null)
                .map(parameter -> new Place(where() + " parameter " + parameter.getName(), parameter.getSchema()));
        return Stream.of(taken, bodies().flatMap(Body::schemas), answers().flatMap(Answer::schemas))
                .flatMap(places -> places);
    }
}

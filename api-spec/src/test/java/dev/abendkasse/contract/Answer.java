package dev.abendkasse.contract;

import static dev.abendkasse.contract.Contract.entries;

import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.stream.Stream;

/** What an operation answers with one status. */
record Answer(Endpoint endpoint, String status, ApiResponse response) {

    String where() {
        return endpoint.where() + " " + status;
    }

    boolean isError() {
        return status.matches("[45]..|default");
    }

    boolean isSuccess() {
        return status.startsWith("2");
    }

    Stream<Body> bodies() {
        return entries(response.getContent())
                .map(type -> new Body(endpoint.contract(), where(), type.getKey(), type.getValue()));
    }

    Stream<Place> schemas() {
        var headers = entries(response.getHeaders())
                .map(header -> new Place(
                        where() + " header " + header.getKey(),
                        endpoint.contract().resolve(header.getValue()).getSchema()));
        return Stream.concat(headers, bodies().flatMap(Body::schemas));
    }
}

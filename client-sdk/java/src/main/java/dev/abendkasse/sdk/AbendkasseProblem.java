package dev.abendkasse.sdk;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Problem;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Reads what the API says went wrong. */
public final class AbendkasseProblem {

    private AbendkasseProblem() {}

    /** The problem in the answer; empty if there was no answer or it came from something else on the way. */
    public static Optional<Problem> from(ApiException failure) {
        if (!isProblem(failure)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Connection.JSON.readValue(failure.getResponseBody(), Problem.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean isProblem(ApiException failure) {
        var headers = failure.getResponseHeaders();
        return headers != null
                && failure.getResponseBody() != null
                && headers.firstValue("Content-Type").orElse("").startsWith("application/problem+json");
    }
}

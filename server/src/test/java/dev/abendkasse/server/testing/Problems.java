package dev.abendkasse.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.abendkasse.sdk.AbendkasseProblem;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Problem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Expects calls of the SDK to be refused. */
public final class Problems {

    private Problems() {}

    /** @return the problem, which is the one expected */
    public static Problem expect(int status, String code, ThrowingCallable call) {
        var failure = catchThrowableOfType(ApiException.class, call);

        assertThat(failure).as("a refusal").isNotNull();
        var problem = AbendkasseProblem.from(failure).orElseThrow();
        assertThat(problem.getCode()).isEqualTo(code);
        assertThat(failure.getCode()).isEqualTo(status);
        return problem;
    }
}

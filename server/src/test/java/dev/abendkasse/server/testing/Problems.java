package dev.abendkasse.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.abendkasse.sdk.AbendkasseProblem;
import dev.abendkasse.sdk.http.ApiException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a caller is told who cannot have what they ask for. */
public final class Problems {

    private Problems() {}

    /** Makes the call and checks that it is refused in this way. */
    public static void problem(int status, String code, ThrowingCallable call) {
        var failure = catchThrowableOfType(ApiException.class, call);

        assertThat(failure).as("should have been refused: %s", code).isNotNull();
        assertThat(failure.getCode()).isEqualTo(status);
        assertThat(AbendkasseProblem.from(failure).orElseThrow().getCode()).isEqualTo(code);
    }
}

package dev.abendkasse.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What linters that others wrote think of the contract. */
@Execution(ExecutionMode.CONCURRENT)
class LinterTests {

    @ParameterizedTest
    @CsvSource({
        "spectral, openapi.yaml",
        "spectral, openapi-office.yaml",
        "redocly, openapi.yaml",
        "redocly, openapi-office.yaml"
    })
    void findsNothingInTheContract(String linter, String contract) {
        Linters.assertInstalled();

        var run = Linters.lint(linter, Stream.of(Contracts.BUNDLES.resolve(contract)));

        assertThat(run.success()).as(run.output()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"spectral, owasp:api4:2023-string-limit", "redocly, operation-summary"})
    void findsWhatIsWrong(String linter, String finding) {
        Linters.assertInstalled();

        var run = Linters.lint(linter, Stream.of(Path.of("src", "test", "resources", "contract", "careless.yaml")));

        assertThat(run.success()).isFalse();
        assertThat(run.output()).contains(finding);
    }

    @ParameterizedTest
    @CsvSource({
        "v20.18.3, false",
        "v20.19.0, true",
        "v21.7.0, false",
        "v22.11.0, false",
        "v22.12.0, true",
        "v24.0.1, true",
        "none, false"
    })
    void knowsWhichNodeWillDo(String version, boolean enough) {
        assertThat(Linters.isRecentEnough(version)).isEqualTo(enough);
    }
}

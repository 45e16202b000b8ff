package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Snippet;
import dev.abendkasse.server.testing.Theatre;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The code that the SDK's README shows really buys two seats. */
@Isolated("Reads what the process prints.")
class ReadmeTests {

    private static final Path README = Path.of("../client-sdk/java/README.md");

    @Test
    void mainJobOfTheSdksReadmeSellsTwoSeats(@TempDir Path folder) throws Exception {
        try (var theatre = Theatre.open()) {
            var mainJob = Snippet.of(README, "readme-main-job")
                    .with("http://localhost:8080", theatre.address().toString())
                    .inside("MainJob");

            var printed = run(mainJob, folder);

            assertThat(printed).startsWith("Pay at http://localhost:");
            assertThat(theatre.count("select count(*) from order_item")).isEqualTo(2);
        }
    }

    private static String run(Snippet mainJob, Path folder) throws Exception {
        var out = System.out;
        var printed = new ByteArrayOutputStream();
        try (var classes = mainJob.compile(folder, "MainJob")) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            classes.loadClass("MainJob").getMethod("run").invoke(null);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}

package dev.abendkasse.server.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Theatre;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that the SDK's README shows really buys two seats. */
class ReadmeTests {

    private static final Pattern MAIN_JOB = Pattern.compile("```java readme-main-job\n(.*?)```", Pattern.DOTALL);

    @Test
    void mainJobOfTheSdksReadmeSellsTwoSeats(@TempDir Path folder) throws Exception {
        try (var theatre = Theatre.open()) {
            var code =
                    mainJob().replace("http://localhost:8080", theatre.address().toString());

            var printed = run(compile(folder, code));

            assertThat(printed).startsWith("Pay at http://localhost:");
            assertThat(theatre.count("select count(*) from order_item")).isEqualTo(2);
        }
    }

    private static String mainJob() throws IOException {
        var readme = Files.readString(Path.of("../client-sdk/java/README.md"));
        var found = MAIN_JOB.matcher(readme);
        assertThat(found.find()).as("README has its main job").isTrue();
        return found.group(1);
    }

    private static Path compile(Path folder, String code) throws IOException {
        var imports = lines(code, true);
        var body = lines(code, false);
        var source = folder.resolve("MainJob.java");
        Files.writeString(
                source,
                imports + "\npublic class MainJob { public static void run() throws Exception {\n" + body + "\n}}");
        var errors = new ByteArrayOutputStream();
        var status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, errors, "-cp", System.getProperty("java.class.path"), "-proc:none", source.toString());
        assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
        return folder;
    }

    private static String lines(String code, boolean imports) {
        return code.lines()
                .filter(line -> line.startsWith("import ") == imports)
                .collect(Collectors.joining("\n"));
    }

    private static String run(Path classes) throws Exception {
        var out = System.out;
        var printed = new ByteArrayOutputStream();
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("MainJob").getMethod("run").invoke(null);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}

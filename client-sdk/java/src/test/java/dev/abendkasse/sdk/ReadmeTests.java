package dev.abendkasse.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTests {

    private static final Pattern MAIN_JOB = Pattern.compile("```java readme-main-job\\R(.*?)```", Pattern.DOTALL);

    @Test
    void theMainJobCompiles(@TempDir Path classes) throws IOException {
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var options = List.of("--release", "17", "-classpath", classpath(), "-d", classes.toString());

        var compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostics, options, null, List.of(source("MainJob", mainJob())))
                .call();

        assertThat(diagnostics.getDiagnostics())
                .filteredOn(found -> found.getKind() == Diagnostic.Kind.ERROR)
                .isEmpty();
        assertThat(compiled).isTrue();
    }

    private static String mainJob() throws IOException {
        var found = MAIN_JOB.matcher(Files.readString(Path.of("README.md")));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    /** Imports go before the class, everything else into its main method. */
    private static JavaFileObject source(String name, String snippet) {
        var lines = snippet.lines().collect(Collectors.partitioningBy(line -> line.startsWith("import ")));
        var text = """
                %s
                class %s {
                    public static void main(String[] args) throws Exception {
                %s
                    }
                }
                """.formatted(String.join("\n", lines.get(true)), name, String.join("\n", lines.get(false)));
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static String classpath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}

package dev.abendkasse.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** Code that a document shows, run as its reader would. */
public record Snippet(String code) {

    /** The block that begins with {@code ```java <name>}. */
    public static Snippet of(Path document, String name) throws IOException {
        return new Snippet(block(document, "java " + name));
    }

    /** The statement in the block that begins with {@code ```sql <name>}. */
    public static String sql(Path document, String name) throws IOException {
        return block(document, "sql " + name);
    }

    /** With what readers fill in. */
    public Snippet with(String placeholder, String value) {
        assertThat(code).contains(placeholder);
        return new Snippet(code.replace(placeholder, value));
    }

    /** Loose statements, made the static method {@code run} of a class. */
    public Snippet inside(String className) {
        return new Snippet(lines(true) + "\npublic class " + className
                + " { public static void run() throws Exception {\n" + lines(false) + "\n}}");
    }

    /** @param folder where the class goes */
    public URLClassLoader compile(Path folder, String className) throws IOException {
        var source = folder.resolve(className + ".java");
        Files.writeString(source, code);
        var errors = new ByteArrayOutputStream();
        var status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, errors, "-cp", System.getProperty("java.class.path"), "-proc:none", source.toString());
        assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()});
    }

    private static String block(Path document, String heading) throws IOException {
        var block = Pattern.compile("```" + heading + "\n(.*?)```", Pattern.DOTALL);
        var found = block.matcher(Files.readString(document));
        assertThat(found.find()).as("%s shows %s", document, heading).isTrue();
        return found.group(1);
    }

    private String lines(boolean imports) {
        return code.lines()
                .filter(line -> line.startsWith("import ") == imports)
                .collect(Collectors.joining("\n"));
    }
}

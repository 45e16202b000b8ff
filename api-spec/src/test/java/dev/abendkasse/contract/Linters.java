package dev.abendkasse.contract;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Spectral and Redocly, which need Node. Where they can't be had, tests are skipped and say so, unless
 * {@code -Dcontract.lint.required=true} makes that a failure.
 */
final class Linters {

    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*", Pattern.DOTALL);
    private static final String NPM = File.separatorChar == '\\' ? "npm.cmd" : "npm";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true", "NO_COLOR", "1");

    /** What a program printed, and whether it was content. */
    record Run(boolean success, String output) {}

    private Linters() {}

    static void assertInstalled() {
        Installation.FAILURE.ifPresent(Linters::missing);
    }

    static Run lint(String linter, Stream<Path> contracts) {
        var words = Stream.concat(Stream.of(NPM, "run", "--silent", linter, "--"), contracts.map(Path::toString));
        return run(words.toArray(String[]::new));
    }

    static boolean isRecentEnough(String version) {
        var parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return false;
        }
        var minor = Integer.parseInt(parts.group(2));
        var major = Integer.parseInt(parts.group(1));
        return switch (major) {
            case 20 -> minor >= 19;
            case 22 -> minor >= 12;
            default -> major > 22;
        };
    }

    private static void missing(String reason) {
        if (Boolean.getBoolean("contract.lint.required")) {
            fail(reason);
        }
        abort(reason);
    }

    /** Done once, when the first test asks for it. */
    private static final class Installation {

        static final Optional<String> FAILURE = install().map(Installation::say);

        private static Optional<String> install() {
            var node = run("node", "--version");
            if (!node.success() || !isRecentEnough(node.output())) {
                return Optional.of("Node 20.19 or 22.12 or newer is needed. " + node.output());
            }
            if (isInstalled()) {
                return Optional.empty();
            }
            var install = run(NPM, "ci", "--prefer-offline", "--fetch-retries=1", "--fetch-timeout=20000");
            return install.success() ? Optional.empty() : Optional.of("npm ci failed. " + install.output());
        }

        private static String say(String reason) {
            var message = "Spectral and Redocly did not look at the contract: " + reason;
            // A skipped test shows no reason on the console; whoever builds should see it all the same.
            System.err.println(message);
            return message;
        }
    }

    /** npm leaves a copy of the lock file behind once all is there. */
    private static boolean isInstalled() {
        try {
            var installed = Path.of("node_modules", ".package-lock.json");
            return Files.exists(installed)
                    && Files.getLastModifiedTime(installed)
                                    .compareTo(Files.getLastModifiedTime(Path.of("package-lock.json")))
                            >= 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Run run(String... words) {
        try {
            var output = Files.createTempFile("lint", ".txt");
            var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(ENVIRONMENT);
            var process = builder.start();
            var ended = process.waitFor(6, TimeUnit.MINUTES);
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            var text = Files.readString(output);
            Files.delete(output);
            return new Run(ended && process.exitValue() == 0, text);
        } catch (IOException notThere) {
            return new Run(false, notThere.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Run(false, "interrupted");
        }
    }
}

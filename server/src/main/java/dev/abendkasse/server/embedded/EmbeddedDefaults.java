package dev.abendkasse.server.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts PostgreSQL when none is configured ({@code spring.r2dbc.url}), and fills in what depends on it. The
 * installation's key is made once and kept beside the data, readable by the owner only.
 */
final class EmbeddedDefaults implements EnvironmentPostProcessor {

    private static final String FOLDER = "abendkasse.embedded.folder";
    private static final int KEY_BYTES = 32;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.containsProperty("spring.r2dbc.url")) {
            return;
        }
        var folder = Path.of(environment.getProperty(FOLDER, "data"));
        var database = EmbeddedDatabase.on(folder);
        SpringApplication.getShutdownHandlers().add(database::close);
        environment.getPropertySources().addLast(new MapPropertySource("embedded", settings(folder, database.port())));
    }

    private static Map<String, Object> settings(Path folder, int port) {
        var settings = new HashMap<String, Object>();
        settings.put("spring.r2dbc.url", "r2dbc:postgresql://localhost:" + port + "/postgres");
        settings.put("spring.r2dbc.username", "postgres");
        settings.put("spring.flyway.url", "jdbc:postgresql://localhost:" + port + "/postgres");
        settings.put("spring.flyway.user", "postgres");
        settings.put("abendkasse.secret.key", keyIn(folder));
        settings.put("abendkasse.embedded.started", "true");
        settings.put("abendkasse.demo.enabled", "true");
        return settings;
    }

    private static String keyIn(Path folder) {
        var file = folder.resolve("secret-key");
        try {
            if (!Files.exists(file)) {
                write(file, newKey());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The installation's key cannot be kept in " + file, e);
        }
    }

    private static void write(Path file, String key) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, key, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static String newKey() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}

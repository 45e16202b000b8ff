package dev.abendkasse.server.live;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as they are where nobody has set any. */
final class Settings {

    private Settings() {}

    static LiveProperties defaults() {
        return new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("abendkasse.live", LiveProperties.class);
    }
}

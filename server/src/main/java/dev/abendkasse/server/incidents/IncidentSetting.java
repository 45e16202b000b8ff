package dev.abendkasse.server.incidents;

import dev.abendkasse.server.database.FunctionSetting;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Tells the database how long incidents last and what they hold. */
@Component
class IncidentSetting implements FunctionSetting {

    /** The names of the components are those that R__6_incidents.sql reads. */
    record Times(long holdSeconds, long relapseSeconds, double steadySeconds) {}

    private static final double MILLIS = 1000;

    private final IncidentProperties properties;

    IncidentSetting(IncidentProperties properties) {
        this.properties = properties;
    }

    @Override
    public String name() {
        return "incidents";
    }

    @Override
    public Times value() {
        return new Times(
                properties.holdAfter().toSeconds(),
                properties.relapse().toSeconds(),
                exactSeconds(properties.steady()));
    }

    private static double exactSeconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }
}

package dev.abendkasse.server.blacklist;

import dev.abendkasse.server.database.FunctionSetting;
import org.springframework.stereotype.Component;

/** Tells the database, which notes late cancellations, what is late. */
@Component
class SuggestionTimes implements FunctionSetting {

    private final SuggestionProperties properties;

    SuggestionTimes(SuggestionProperties properties) {
        this.properties = properties;
    }

    /** The names of the components are those that the database reads. */
    record Times(long lateSeconds, long reconsiderSeconds) {}

    @Override
    public String name() {
        return "suggestions";
    }

    @Override
    public Times value() {
        return new Times(
                properties.lateCancellation().toSeconds(),
                properties.reconsider().toSeconds());
    }
}

package dev.abendkasse.server.helpdesk;

import dev.abendkasse.server.database.FunctionSetting;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells the database whether there is a help desk: without one nothing is written down for it. */
@Component
class HelpDeskSetting implements FunctionSetting {

    private final ObjectProvider<HelpDesk> desk;

    HelpDeskSetting(ObjectProvider<HelpDesk> desk) {
        this.desk = desk;
    }

    /** @param name the help desk's; null when there is none */
    record Value(@Nullable String name) {}

    @Override
    public String name() {
        return "help-desk";
    }

    @Override
    public Value value() {
        var present = desk.getIfAvailable();
        return new Value(present == null ? null : present.name());
    }
}

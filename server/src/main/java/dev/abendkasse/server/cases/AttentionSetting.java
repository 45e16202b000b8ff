package dev.abendkasse.server.cases;

import dev.abendkasse.server.database.FunctionSetting;
import org.springframework.stereotype.Component;

/** Tells the database from where on cases are conspicuous. */
@Component
class AttentionSetting implements FunctionSetting {

    private final AttentionProperties properties;

    AttentionSetting(AttentionProperties properties) {
        this.properties = properties;
    }

    @Override
    public String name() {
        return "case-attention";
    }

    @Override
    public AttentionProperties value() {
        return properties;
    }
}

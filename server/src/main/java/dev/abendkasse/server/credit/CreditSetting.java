package dev.abendkasse.server.credit;

import dev.abendkasse.server.database.FunctionSetting;
import org.springframework.stereotype.Component;

/** Tells the database what everybody may owe who has no limit of their own. */
@Component
class CreditSetting implements FunctionSetting {

    private final CreditProperties properties;

    CreditSetting(CreditProperties properties) {
        this.properties = properties;
    }

    /** @param defaultLimit in minor units */
    record Value(long defaultLimit, String currency) {}

    @Override
    public String name() {
        return "credit";
    }

    @Override
    public Value value() {
        return new Value(
                properties.defaultLimit().amount(), properties.currency().getCurrencyCode());
    }
}

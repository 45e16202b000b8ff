package dev.abendkasse.server.invoice;

import dev.abendkasse.server.database.FunctionSetting;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the database, which issues invoices, what is to stand on them. */
@Component
class InvoiceTerms implements FunctionSetting {

    private final InvoiceProperties properties;

    InvoiceTerms(InvoiceProperties properties) {
        this.properties = properties;
    }

    /** @param exemption by language */
    record Terms(int dueDays, @Nullable String vatRate, Map<String, String> exemption) {}

    @Override
    public String name() {
        return "invoice";
    }

    @Override
    public Terms value() {
        return new Terms(
                properties.dueDays(),
                properties.rate(),
                Map.of("de", properties.exemptionDe(), "en", properties.exemptionEn()));
    }
}

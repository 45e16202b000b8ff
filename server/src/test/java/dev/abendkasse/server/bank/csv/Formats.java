package dev.abendkasse.server.bank.csv;

import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Formats of statements as the settings make them. */
final class Formats {

    private Formats() {}

    /** With no settings at all. */
    static StatementFormat usual() {
        var columns = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("columns", Bindable.of(Columns.class));
        return new StatementFormat(columns, List.of("vorgemerkt"), List.of("Kontostand"), Currency.getInstance("EUR"));
    }
}

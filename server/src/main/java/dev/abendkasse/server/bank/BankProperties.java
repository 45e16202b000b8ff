package dev.abendkasse.server.bank;

import dev.abendkasse.server.bank.csv.Columns;
import dev.abendkasse.server.bank.csv.StatementFormat;
import java.util.Currency;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How statements of the account are read.
 *
 * @param columns what the bank calls its columns
 * @param announced transactions whose status contains one of these are not booked yet
 * @param footers rows that begin with one of these are no transactions
 * @param currency of amounts that state none
 */
@ConfigurationProperties("abendkasse.bank")
public record BankProperties(
        @DefaultValue Columns columns,
        @DefaultValue("vorgemerkt") List<String> announced,
        @DefaultValue("Kontostand") List<String> footers,
        @DefaultValue("EUR") Currency currency) {

    StatementFormat format() {
        return new StatementFormat(columns, announced, footers, currency);
    }
}

package dev.abendkasse.server.bank.csv;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the columns of a statement are called, each by any of several names; upper and lower case are alike. The defaults are
 * the names in the exports of German banks, see server/docs/bank-statements.md.
 *
 * @param account whose statement it is
 * @param amount signed; where it is empty, credit and debit count
 * @param text all that are there are read, one after the other
 * @param status says whether a transaction is only announced
 */
public record Columns(
        @DefaultValue({
            "IBAN Auftragskonto",
            "Auftragskonto",
            "IBAN Kontoinhaber",
            "IBAN Auftraggeberkonto",
            "Auftraggeberkonto"
        })
        List<String> account,

        @DefaultValue({"Buchungstag", "Buchungsdatum", "Buchung"})
        List<String> bookedOn,

        @DefaultValue({"Valutadatum", "Wertstellung", "Wertstellungsdatum", "Valuta", "Wert"})
        List<String> valueOn,

        @DefaultValue({"Betrag", "Betrag (€)", "Betrag (EUR)"})
        List<String> amount,

        @DefaultValue("Haben") List<String> credit,
        @DefaultValue("Soll") List<String> debit,
        @DefaultValue({"Waehrung", "Währung"}) List<String> currency,

        @DefaultValue({
            "Name Zahlungsbeteiligter",
            "Beguenstigter/Zahlungspflichtiger",
            "Begünstigter/Zahlungspflichtiger",
            "Begünstigter / Auftraggeber",
            "Zahlungspflichtige*r",
            "Auftraggeber/Empfänger"
        })
        List<String> payer,

        @DefaultValue({"IBAN Zahlungsbeteiligter", "Kontonummer/IBAN", "IBAN / Kontonummer", "IBAN"})
        List<String> payerAccount,

        @DefaultValue({"Verwendungszweck", "Buchungstext", "Kundenreferenz (End-to-End)", "Kundenreferenz"})
        List<String> text,

        @DefaultValue({"Info", "Status"}) List<String> status) {}

package dev.abendkasse.server.bank.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;

/**
 * A credit with what makes it recognisable in a later statement. The names of the components are those that the database
 * reads.
 *
 * @param fingerprint hex of a hash of all that the bank says of it
 * @param ordinal tells lines of one statement apart that are alike in everything, counted from 1
 */
public record StatementLine(
        int row,
        String fingerprint,
        int ordinal,
        LocalDate bookedOn,
        LocalDate valueOn,
        long amount,
        String currency,
        String text,
        String payer,
        String payerAccount,
        List<Long> orderNumbers,
        List<String> invoiceNumbers) {

    public static List<StatementLine> of(List<Credit> credits) {
        var seen = new HashMap<String, Integer>();
        return credits.stream()
                .map(credit -> {
                    var fingerprint = fingerprint(credit);
                    return of(credit, fingerprint, seen.merge(fingerprint, 1, Integer::sum));
                })
                .toList();
    }

    private static StatementLine of(Credit credit, String fingerprint, int ordinal) {
        var references = References.in(credit.text());
        return new StatementLine(
                credit.row(),
                fingerprint,
                ordinal,
                credit.bookedOn(),
                credit.valueOn(),
                credit.amount(),
                credit.currency(),
                credit.text(),
                credit.payer(),
                credit.payerAccount(),
                references.orderNumbers(),
                references.invoiceNumbers());
    }

    /** Independent of how the file was written: of its values, not of its cells. */
    private static String fingerprint(Credit credit) {
        var facts = String.join(
                "\u0000",
                credit.account(),
                credit.bookedOn().toString(),
                credit.valueOn().toString(),
                String.valueOf(credit.amount()),
                credit.currency(),
                credit.text(),
                credit.payer(),
                credit.payerAccount());
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(facts.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.abendkasse.server.organiser;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An account that money can be transferred to.
 *
 * @param iban without spaces; its check digits are right
 */
public record BankAccount(
        String holder, String iban, @Nullable String bic) {

    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");
    private static final Pattern BIC = Pattern.compile("[A-Z0-9]{8}([A-Z0-9]{3})?");
    private static final BigInteger MODULUS = BigInteger.valueOf(97);

    public BankAccount {
        iban = iban.replace(" ", "").toUpperCase(Locale.ROOT);
        if (!IBAN.matcher(iban).matches() || !isChecked(iban)) {
            throw new IllegalArgumentException("abendkasse.organiser.account.iban is not an IBAN, or mistyped");
        }
        if (holder.isBlank()) {
            throw new IllegalArgumentException("abendkasse.organiser.account.holder is missing");
        }
        if (bic != null && !BIC.matcher(bic).matches()) {
            throw new IllegalArgumentException("abendkasse.organiser.account.bic is not a BIC");
        }
    }

    /** ISO 13616: letters count from 10, the first four characters come last, and 1 must remain. */
    private static boolean isChecked(String iban) {
        var digits = new StringBuilder();
        (iban.substring(4) + iban.substring(0, 4)).chars().forEach(c -> digits.append(Character.digit(c, 36)));
        return new BigInteger(digits.toString()).mod(MODULUS).equals(BigInteger.ONE);
    }
}

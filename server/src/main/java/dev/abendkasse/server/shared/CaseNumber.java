package dev.abendkasse.server.shared;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The number of a case: nine random digits and a Damm check digit, which catches every single wrong digit and every swap
 * of neighbours (H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004; the quasigroup of order ten is the one
 * given there).
 */
public record CaseNumber(String value) {

    private static final int RANDOM_DIGITS = 9;
    private static final Pattern SEPARATORS = Pattern.compile("[ ./-]");
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final int[][] QUASIGROUP = {
        {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
        {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
        {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
        {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
        {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
        {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
        {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
        {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
        {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
        {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
    };

    public CaseNumber {
        if (!isValid(value)) {
            throw new IllegalArgumentException("Not a case number: " + value);
        }
    }

    /** A number that nobody can guess; whether it is new is for the database to say. */
    public static CaseNumber random() {
        var digits = new StringBuilder(RANDOM_DIGITS + 1);
        for (int i = 0; i < RANDOM_DIGITS; i++) {
            digits.append((char) ('0' + RANDOM.nextInt(10)));
        }
        return new CaseNumber(digits.append(check(digits)).toString());
    }

    /** So many random numbers to choose a new one from. */
    public static List<String> candidates(int count) {
        return Stream.generate(CaseNumber::random)
                .limit(count)
                .map(CaseNumber::value)
                .toList();
    }

    /** The number in what somebody wrote down or read out, whatever stands between the digits; empty if there is a slip. */
    public static Optional<CaseNumber> asTold(String text) {
        return Optional.of(SEPARATORS.matcher(text).replaceAll(""))
                .filter(CaseNumber::isValid)
                .map(CaseNumber::new);
    }

    /** For reading out: 123 456 789 3. */
    public String grouped() {
        return String.join(
                " ", value.substring(0, 3), value.substring(3, 6), value.substring(6, 9), value.substring(9));
    }

    /** Ten digits, the last of which fits the others. */
    public static boolean isValid(String digits) {
        return digits.matches("[0-9]{10}") && check(digits) == 0;
    }

    private static int check(CharSequence digits) {
        return IntStream.range(0, digits.length())
                .map(i -> digits.charAt(i) - '0')
                .reduce(0, (interim, digit) -> QUASIGROUP[interim][digit]);
    }
}

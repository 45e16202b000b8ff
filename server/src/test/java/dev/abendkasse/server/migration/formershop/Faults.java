package dev.abendkasse.server.migration.formershop;

import java.util.List;

/** Rows that nobody can make an account of, each for one reason. */
final class Faults {

    private static final List<String> FORMULAS =
            List.of("=HYPERLINK(\"https://example.org\",\"Anna\")", "@SUM(1+1)*cmd", "+1+2", "-2+3");
    private static final List<String> NO_ADDRESSES = List.of(
            "anna.example.org",
            "@example.org",
            "anna@",
            "anna@@example.org",
            "anna berg@example.org",
            ".anna@example.org",
            "anna.@example.org",
            "an..na@example.org",
            "anna@localhost",
            "anna@-.example.org",
            "anna@[127.0.0.1]",
            "Anna <anna@example.org>",
            "anna@example.org, berg@example.org",
            "anna@example.org\r\nBcc: berg@example.org",
            "a".repeat(65) + "@example.org");
    private static final List<String> NO_TIMES = List.of(
            "31.12.2024", "2024-02-30T00:00:00Z", "2024-13-01T00:00:00Z", "yesterday", "2024-01-01 25:00", "NULL");
    private static final List<Column> TIMES = List.of(
            Column.REGISTERED_AT,
            Column.CHANGED_AT,
            Column.PASSWORD_CHANGED_AT,
            Column.EMAIL_PROVEN_AT,
            Column.NEWSLETTER_CONSENT_AT);

    private Faults() {}

    static List<Draft> numberMissing(Maker make) {
        return rejected(make, "VALUE_MISSING", Column.CUSTOMER_NUMBER, "");
    }

    static List<Draft> emailMissing(Maker make) {
        return rejected(make, "VALUE_MISSING", Column.EMAIL, make.oneOf(List.of("", "   ")));
    }

    static List<Draft> nameMissing(Maker make) {
        return rejected(make, "VALUE_MISSING", Column.NAME, make.oneOf(List.of("", "   ")));
    }

    static List<Draft> emailMalformed(Maker make) {
        return rejected(make, "VALUE_MALFORMED", Column.EMAIL, make.oneOf(NO_ADDRESSES));
    }

    static List<Draft> formerEmailMalformed(Maker make) {
        var emails = "former." + make.unique() + Maker.DOMAIN + " anna@@example.org";
        return rejected(make, "VALUE_MALFORMED", Column.FORMER_EMAILS, emails);
    }

    static List<Draft> nameMalformed(Maker make) {
        var names = List.of("Anna\u0007Berg", "Anna\nBerg", "\u001b[31mAnna", "Anna\u0000");
        return rejected(make, "VALUE_MALFORMED", Column.NAME, make.oneOf(names));
    }

    static List<Draft> phoneMalformed(Maker make) {
        return rejected(make, "VALUE_MALFORMED", Column.PHONE, make.oneOf(List.of("please call", "030#12")));
    }

    static List<Draft> languageMalformed(Maker make) {
        return rejected(make, "VALUE_MALFORMED", Column.LANGUAGE, make.oneOf(List.of("deutsch", "fr", "7")));
    }

    static List<Draft> timeMalformed(Maker make) {
        return rejected(make, "VALUE_MALFORMED", make.oneOf(TIMES), make.oneOf(NO_TIMES));
    }

    static List<Draft> timeInFuture(Maker make) {
        return rejected(make, "VALUE_OUT_OF_RANGE", make.oneOf(TIMES), "2999-01-01T00:00:00Z");
    }

    static List<Draft> lockMalformed(Maker make) {
        return rejected(make, "VALUE_MALFORMED", Column.LOCKED, make.oneOf(List.of("perhaps", "2")));
    }

    static List<Draft> limitMalformed(Maker make) {
        return rejected(make, "VALUE_MALFORMED", Column.CREDIT_LIMIT, make.oneOf(List.of("12,50", "1e3", "10 EUR")));
    }

    static List<Draft> limitOutOfRange(Maker make) {
        var limits = List.of("-1", "9000000000000000000", "99999999999999999999999");
        return rejected(make, "VALUE_OUT_OF_RANGE", Column.CREDIT_LIMIT, make.oneOf(limits));
    }

    static List<Draft> nameTooLong(Maker make) {
        return rejected(make, "VALUE_TOO_LONG", Column.NAME, "a".repeat(201));
    }

    static List<Draft> numberTooLong(Maker make) {
        return rejected(make, "VALUE_TOO_LONG", Column.CUSTOMER_NUMBER, make.unique() + "0".repeat(300));
    }

    static List<Draft> userNameTooLong(Maker make) {
        return rejected(make, "VALUE_TOO_LONG", Column.USER_NAME, make.unique() + "n".repeat(300));
    }

    static List<Draft> formula(Maker make) {
        return rejected(make, "FORMULA", Column.NAME, make.oneOf(FORMULAS));
    }

    static List<Draft> formulaInPart(Maker make) {
        var draft = make.customer().saysNothingOf(Column.NAME).says(Column.FIRST_NAME, "Anna");
        return List.of(reject(draft, "FORMULA", Column.LAST_NAME, make.oneOf(FORMULAS)));
    }

    static List<Draft> damaged(Maker make, Damage damage) {
        var fate = switch (damage) {
            case LAST_CELL_MISSING, CELL_TOO_MANY -> Fate.rejected("WRONG_CELL_COUNT", null);
            case CUT_OFF -> Fate.rejected("NOT_JSON", null);
            case UNKNOWN_MEMBER -> Fate.rejected("UNKNOWN_MEMBER", null);
            case OBJECT_FOR_NAME, HALF_A_CHARACTER -> Fate.rejected("VALUE_MALFORMED", Column.NAME);
        };
        return List.of(make.customer().damaged(damage).becomes(fate));
    }

    /** Something is wrong with it, but whose row it is and the address can be read. */
    static Draft broken(Maker make, Draft draft) {
        return switch (make.random().nextInt(3)) {
            case 0 -> reject(draft, "VALUE_MISSING", Column.NAME, "");
            case 1 -> reject(draft, "VALUE_MALFORMED", Column.REGISTERED_AT, make.oneOf(NO_TIMES));
            default -> reject(draft, "FORMULA", Column.NAME, make.oneOf(FORMULAS));
        };
    }

    private static List<Draft> rejected(Maker make, String reason, Column column, String text) {
        return List.of(reject(make.customer(), reason, column, text));
    }

    private static Draft reject(Draft draft, String reason, Column column, String text) {
        return draft.says(column, text).becomes(Fate.rejected(reason, column));
    }
}

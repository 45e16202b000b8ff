package dev.abendkasse.server.migration;

import dev.abendkasse.server.shared.EmailAddress;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the cells of one row; the first that cannot be read rejects it. */
final class RowReader {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");
    private static final Pattern CONTROL_BUT_BREAKS = Pattern.compile("[\\p{Cntrl}\\p{Cs}&&[^\\r\\n\\t]]");
    private static final Pattern PHONE = Pattern.compile("[+0-9][0-9 ()/.-]{2,39}");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");
    private static final BigInteger LARGEST_LIMIT = BigInteger.valueOf(1_000_000_000_000L);
    private static final String FORMULA_STARTS = "=+-@";

    private final Map<String, String> cells;
    private final Instant now;

    RowReader(Map<String, String> cells, Instant now) {
        this.cells = cells;
        this.now = now;
    }

    /** Why a row is rejected. */
    static final class Rejected extends Exception {

        private final String reason;
        private final String column;

        Rejected(String reason, String column) {
            super(reason, null, false, false);
            this.reason = reason;
            this.column = column;
        }

        String reason() {
            return reason;
        }

        String column() {
            return column;
        }
    }

    /** Null when the row does not say it. */
    @Nullable
    String text(String column, int longest) throws Rejected {
        return said(column, longest, CONTROL);
    }

    /** With line breaks. */
    @Nullable
    String lines(String column, int longest) throws Rejected {
        return said(column, longest, CONTROL_BUT_BREAKS);
    }

    private @Nullable String said(String column, int longest, Pattern forbidden) throws Rejected {
        var text = cells.getOrDefault(column, "").strip();
        if (text.length() > longest) {
            throw new Rejected("VALUE_TOO_LONG", column);
        }
        if (forbidden.matcher(text).find()) {
            throw new Rejected("VALUE_MALFORMED", column);
        }
        return text.isEmpty() ? null : text;
    }

    String required(String column, int longest) throws Rejected {
        var text = text(column, longest);
        if (text == null) {
            throw new Rejected("VALUE_MISSING", column);
        }
        return text;
    }

    /** As one, however the former shop keeps it. */
    String name(int longest) throws Rejected {
        var whole = notFormula("name", text("name", longest));
        if (whole != null) {
            return whole;
        }
        var first = notFormula("firstName", text("firstName", longest));
        var last = notFormula("lastName", text("lastName", longest));
        if (first == null && last == null) {
            throw new Rejected("VALUE_MISSING", "name");
        }
        var name = ((first == null ? "" : first) + " " + (last == null ? "" : last)).strip();
        if (name.length() > longest) {
            throw new Rejected("VALUE_TOO_LONG", "lastName");
        }
        return name;
    }

    private static @Nullable String notFormula(String column, @Nullable String text) throws Rejected {
        if (text != null && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0) {
            throw new Rejected("FORMULA", column);
        }
        return text;
    }

    EmailAddress email() throws Rejected {
        var typed = required("email", 1000);
        return EmailAddress.parse(typed).orElseThrow(() -> new Rejected("VALUE_MALFORMED", "email"));
    }

    List<EmailAddress> formerEmails() throws Rejected {
        var typed = text("formerEmails", 10_000);
        var found = new ArrayList<EmailAddress>();
        for (var email : typed == null ? new String[0] : typed.split("\\s+")) {
            found.add(EmailAddress.parse(email).orElseThrow(() -> new Rejected("VALUE_MALFORMED", "formerEmails")));
        }
        return found;
    }

    @Nullable
    String phone() throws Rejected {
        var phone = text("phone", 40);
        if (phone != null && !PHONE.matcher(phone).matches()) {
            throw new Rejected("VALUE_MALFORMED", "phone");
        }
        return phone;
    }

    @Nullable
    String language() throws Rejected {
        var language = text("language", 40);
        if (language != null && !language.equals("de") && !language.equals("en")) {
            throw new Rejected("VALUE_MALFORMED", "language");
        }
        return language;
    }

    @Nullable
    Instant time(String column) throws Rejected {
        var text = text(column, 100);
        if (text == null) {
            return null;
        }
        try {
            var time = OffsetDateTime.parse(text).toInstant();
            if (time.isAfter(now)) {
                throw new Rejected("VALUE_OUT_OF_RANGE", column);
            }
            return time;
        } catch (DateTimeException e) {
            throw new Rejected("VALUE_MALFORMED", column);
        }
    }

    boolean locked() throws Rejected {
        var text = text("locked", 100);
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            case null -> false;
            default -> throw new Rejected("VALUE_MALFORMED", "locked");
        };
    }

    /** In minor units. */
    @Nullable
    Long creditLimit() throws Rejected {
        var text = text("creditLimit", 100);
        if (text == null) {
            return null;
        }
        if (!WHOLE.matcher(text).matches()) {
            throw new Rejected("VALUE_MALFORMED", "creditLimit");
        }
        var limit = new BigInteger(text);
        if (limit.signum() < 0 || limit.compareTo(LARGEST_LIMIT) > 0) {
            throw new Rejected("VALUE_OUT_OF_RANGE", "creditLimit");
        }
        return limit.longValue();
    }
}

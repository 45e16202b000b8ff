package dev.abendkasse.server.migration.formershop;

import dev.abendkasse.server.passwords.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the former shop's file, and what must become of it.
 *
 * @param number the first row after the header, or of all, is 1
 * @param cells what is not said is not in it
 * @param canonical the one spelling of the address; null: it has none that can be read
 * @param password what its owner signed in with, and the hash of it; null: nobody can
 * @param resident who must have an account before; null: nobody
 */
public record FormerRow(
        int number,
        Kind kind,
        Map<Column, String> cells,
        @Nullable Damage damage,
        Fate fate,
        @Nullable String canonical,
        @Nullable Vector password,
        @Nullable Resident resident) {

    public @Nullable String cell(Column column) {
        return cells.get(column);
    }

    public boolean says(Column column) {
        return cells.containsKey(column);
    }

    public String fullName() {
        var whole = cell(Column.NAME);
        return whole != null ? whole : cell(Column.FIRST_NAME) + " " + cell(Column.LAST_NAME);
    }

    public long creditLimit() {
        var limit = cell(Column.CREDIT_LIMIT);
        return limit == null ? 0 : Long.parseLong(limit);
    }

    public boolean isLocked() {
        return "true".equals(cell(Column.LOCKED));
    }

    /** A consent counts if it is known where it was given. */
    public boolean hasProvenConsent() {
        return says(Column.NEWSLETTER_CONSENT_AT) && says(Column.NEWSLETTER_CONSENT_FROM);
    }

    public List<String> formerEmails() {
        var former = cell(Column.FORMER_EMAILS);
        return former == null ? List.of() : Arrays.asList(former.split(" "));
    }

    @Override
    public String toString() {
        return "row " + number + " (" + kind + ", customer " + cell(Column.CUSTOMER_NUMBER) + "): " + fate;
    }
}

package dev.abendkasse.server.migration.formershop;

import dev.abendkasse.server.passwords.Vector;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row that is being made up. */
final class Draft {

    private final Map<Column, String> cells = new EnumMap<>(Column.class);
    private Fate fate = Fate.migrated();
    private @Nullable Damage damage;
    private @Nullable String canonical;
    private @Nullable Vector password;
    private @Nullable Resident resident;

    Draft copy() {
        var copy = new Draft();
        copy.cells.putAll(cells);
        copy.fate = fate;
        copy.damage = damage;
        copy.canonical = canonical;
        copy.password = password;
        copy.resident = resident;
        return copy;
    }

    Draft says(Column column, String text) {
        cells.put(column, text);
        return this;
    }

    Draft saysNothingOf(Column... columns) {
        for (var column : columns) {
            cells.remove(column);
        }
        return this;
    }

    @Nullable
    String cell(Column column) {
        return cells.get(column);
    }

    Draft email(String typed, @Nullable String canonical) {
        this.canonical = canonical;
        return says(Column.EMAIL, typed);
    }

    Draft password(Vector vector) {
        password = vector;
        hash(vector.format(), vector.hash(), vector.salt());
        if (vector.parameters() != null) {
            says(Column.PASSWORD_PARAMETERS, vector.parameters());
        }
        return this;
    }

    Draft hash(String format, String hash, @Nullable String salt) {
        says(Column.PASSWORD_FORMAT, format).says(Column.PASSWORD_HASH, hash);
        return salt == null ? this : says(Column.PASSWORD_SALT, salt);
    }

    Draft withoutPassword() {
        password = null;
        return saysNothingOf(
                Column.PASSWORD_FORMAT,
                Column.PASSWORD_HASH,
                Column.PASSWORD_SALT,
                Column.PASSWORD_PARAMETERS,
                Column.PASSWORD_CHANGED_AT);
    }

    Draft damaged(Damage damage) {
        this.damage = damage;
        return this;
    }

    Draft inTheWay(Resident resident) {
        this.resident = resident;
        return this;
    }

    Draft becomes(Fate fate) {
        this.fate = fate;
        return this;
    }

    FormerRow as(int number, Kind kind) {
        return new FormerRow(number, kind, Map.copyOf(cells), damage, fate, canonical, password, resident);
    }
}

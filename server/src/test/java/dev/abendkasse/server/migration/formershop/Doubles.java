package dev.abendkasse.server.migration.formershop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Rows that meet each other, or somebody who is here already. */
final class Doubles {

    private static final Fate EMAIL_TWICE = Fate.conflict("EMAIL_TWICE", Column.EMAIL);
    private static final Fate USER_NAME_TWICE = Fate.conflict("USER_NAME_TWICE", Column.USER_NAME);
    private static final Fate USER_NAME_IS_ADDRESS = Fate.conflict("USER_NAME_IS_ADDRESS", Column.USER_NAME);

    private Doubles() {}

    static List<Draft> numberTwice(Maker make) {
        return sameNumber(make.customer().becomes(Fate.superseded()), make.customer());
    }

    static List<Draft> numberThrice(Maker make) {
        return sameNumber(
                make.customer().becomes(Fate.superseded()),
                make.customer().becomes(Fate.superseded()),
                make.customer().withoutPassword().becomes(Fate.needsClaim("NO_PASSWORD")));
    }

    /** Word for word, as when a page of the export is fetched twice. */
    static List<Draft> rowTwice(Maker make) {
        var first = make.customer();
        var again = first.copy();
        return List.of(first.becomes(Fate.superseded()), again);
    }

    /** What cannot be read stands for nothing. */
    static List<Draft> numberTwiceThenUnreadable(Maker make) {
        return sameNumber(make.customer(), Faults.broken(make, make.customer()));
    }

    /** The address that a customer had in an earlier row is free. */
    static List<Draft> addressOfSupersededRow(Maker make) {
        var rows = sameNumber(make.customer().becomes(Fate.superseded()), make.customer());
        var address = text(rows.getFirst(), Column.EMAIL);
        return List.of(rows.get(0), rows.get(1), make.customer().email(address, address));
    }

    static List<Draft> addressTwice(Maker make) {
        return shuffled(make, Sound.spellings(make, make.unique())).stream()
                .limit(2)
                .map(draft -> draft.becomes(EMAIL_TWICE))
                .toList();
    }

    /** As often as the file can spell it. */
    static List<Draft> foreignAddressManyTimes(Maker make) {
        return shuffled(make, Sound.foreignSpellings(make, make.unique())).stream()
                .map(draft -> draft.becomes(EMAIL_TWICE))
                .toList();
    }

    static List<Draft> addressTwiceWithoutPasswords(Maker make) {
        return addressTwice(make).stream().map(Draft::withoutPassword).toList();
    }

    /** What cannot be read is in nobody's way. */
    static List<Draft> addressTwiceOnceUnreadable(Maker make) {
        var sound = make.customer();
        var address = text(sound, Column.EMAIL);
        return shuffled(make, List.of(sound, Faults.broken(make, make.customer().email(address, address))));
    }

    static List<Draft> addressTakenHere(Maker make) {
        var resident = new Resident("resident." + make.unique() + Maker.DOMAIN, null);
        return List.of(make.customer()
                .email("R" + resident.canonical().substring(1), resident.canonical())
                .inTheWay(resident)
                .becomes(Fate.conflict("EMAIL_TAKEN", Column.EMAIL)));
    }

    static List<Draft> userNameTwice(Maker make) {
        var id = make.unique();
        return shuffled(
                make,
                List.of(
                        make.customer().says(Column.USER_NAME, "Twin." + id).becomes(USER_NAME_TWICE),
                        make.customer().says(Column.USER_NAME, " tWIN." + id).becomes(USER_NAME_TWICE)));
    }

    static List<Draft> userNameTakenHere(Maker make) {
        var id = make.unique();
        var resident = new Resident("resident." + id + Maker.DOMAIN, "resident." + id);
        return List.of(make.customer()
                .says(Column.USER_NAME, "Resident." + id)
                .inTheWay(resident)
                .becomes(Fate.conflict("USER_NAME_TAKEN", Column.USER_NAME)));
    }

    /** The one who has the address stays. */
    static List<Draft> userNameIsAnothersAddress(Maker make) {
        var other = make.customer();
        return shuffled(
                make,
                List.of(
                        other,
                        make.customer()
                                .says(Column.USER_NAME, text(other, Column.EMAIL))
                                .becomes(USER_NAME_IS_ADDRESS)));
    }

    static List<Draft> userNameIsNobodysAddress(Maker make) {
        return List.of(make.customer()
                .says(Column.USER_NAME, "nobody." + make.unique() + Maker.DOMAIN)
                .becomes(USER_NAME_IS_ADDRESS));
    }

    private static List<Draft> sameNumber(Draft... rows) {
        var number = text(rows[0], Column.CUSTOMER_NUMBER);
        for (var row : rows) {
            row.says(Column.CUSTOMER_NUMBER, number);
        }
        return List.of(rows);
    }

    private static List<Draft> shuffled(Maker make, List<Draft> rows) {
        var shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, make.random());
        return shuffled;
    }

    private static String text(Draft draft, Column column) {
        return Objects.requireNonNull(draft.cell(column));
    }
}

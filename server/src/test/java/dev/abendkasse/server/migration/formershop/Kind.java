package dev.abendkasse.server.migration.formershop;

import dev.abendkasse.server.migration.formershop.Style.Form;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Everything that rows of former shops are like, as it has been seen and as it may come. */
public enum Kind {
    ORDINARY(700, Sound::ordinary),
    LIMITED(30, Sound::limited),
    BLOCKED(3, Sound::blocked),
    CONSENTING(60, Sound::consenting),
    CONSENTING_WITHOUT_PROOF(5, Sound::consentingWithoutProof),
    LOCKED(5, Sound::locked),
    NAME_IN_PARTS(40, Sound::nameInParts),
    LONGEST_NAME(2, Sound::longestName),
    ODD_ADDRESS(5, Sound::oddAddress),
    ALMOST_THE_SAME_ADDRESS(2, Sound::almostTheSameAddress),
    OWN_ADDRESS_AS_USER_NAME(5, Sound::ownAddressAsUserName),
    INHERITED_ADDRESS(3, Sound::inheritedAddress),

    NO_PASSWORD(20, Claims::noPassword),
    UNKNOWN_FORMAT(3, make -> Claims.refused(make, "UNKNOWN_FORMAT")),
    HASH_MALFORMED(3, make -> Claims.refused(make, "MALFORMED")),
    SALT_MISSING(3, make -> Claims.refused(make, "SALT_MISSING")),
    NOTHING_TO_SALT(2, make -> Claims.refused(make, "NOTHING_TO_SALT")),
    TOO_COSTLY(3, make -> Claims.refused(make, "TOO_COSTLY")),

    NUMBER_TWICE(3, Doubles::numberTwice),
    NUMBER_THRICE(2, Doubles::numberThrice),
    ROW_TWICE(2, Doubles::rowTwice),
    NUMBER_TWICE_THEN_UNREADABLE(2, Doubles::numberTwiceThenUnreadable),
    ADDRESS_OF_SUPERSEDED_ROW(2, Doubles::addressOfSupersededRow),
    ADDRESS_TWICE(3, Doubles::addressTwice),
    FOREIGN_ADDRESS_MANY_TIMES(2, Doubles::foreignAddressManyTimes),
    ADDRESS_TWICE_WITHOUT_PASSWORDS(2, Doubles::addressTwiceWithoutPasswords),
    ADDRESS_TWICE_ONCE_UNREADABLE(2, Doubles::addressTwiceOnceUnreadable),
    ADDRESS_TAKEN_HERE(2, Doubles::addressTakenHere),
    USER_NAME_TWICE(2, Doubles::userNameTwice),
    USER_NAME_TAKEN_HERE(2, Doubles::userNameTakenHere),
    USER_NAME_IS_ANOTHERS_ADDRESS(2, Doubles::userNameIsAnothersAddress),
    USER_NAME_IS_NOBODYS_ADDRESS(2, Doubles::userNameIsNobodysAddress),

    NUMBER_MISSING(2, Faults::numberMissing),
    EMAIL_MISSING(2, Faults::emailMissing),
    NAME_MISSING(2, Faults::nameMissing),
    EMAIL_MALFORMED(5, Faults::emailMalformed),
    FORMER_EMAIL_MALFORMED(2, Faults::formerEmailMalformed),
    NAME_MALFORMED(2, Faults::nameMalformed),
    PHONE_MALFORMED(2, Faults::phoneMalformed),
    LANGUAGE_MALFORMED(2, Faults::languageMalformed),
    TIME_MALFORMED(3, Faults::timeMalformed),
    TIME_IN_FUTURE(2, Faults::timeInFuture),
    LOCK_MALFORMED(2, Faults::lockMalformed),
    LIMIT_MALFORMED(2, Faults::limitMalformed),
    LIMIT_OUT_OF_RANGE(2, Faults::limitOutOfRange),
    NAME_TOO_LONG(2, Faults::nameTooLong),
    NUMBER_TOO_LONG(2, Faults::numberTooLong),
    USER_NAME_TOO_LONG(2, Faults::userNameTooLong),
    FORMULA(2, Faults::formula),
    FORMULA_IN_PART(2, Faults::formulaInPart),

    CELL_MISSING(2, Form.CSV, Damage.LAST_CELL_MISSING),
    CELL_TOO_MANY(2, Form.CSV, Damage.CELL_TOO_MANY),
    CUT_OFF(2, Form.NDJSON, Damage.CUT_OFF),
    UNKNOWN_MEMBER(2, Form.NDJSON, Damage.UNKNOWN_MEMBER),
    OBJECT_FOR_NAME(2, Form.NDJSON, Damage.OBJECT_FOR_NAME),
    HALF_A_CHARACTER(2, Form.NDJSON, Damage.HALF_A_CHARACTER);

    private final int share;
    private final List<Form> forms;
    private final Function<Maker, List<Draft>> script;

    Kind(int share, Function<Maker, List<Draft>> script) {
        this.share = share;
        this.forms = List.of(Form.values());
        this.script = script;
    }

    Kind(int share, Form form, Damage damage) {
        this.share = share;
        this.forms = List.of(form);
        this.script = make -> Faults.damaged(make, damage);
    }

    public static List<Kind> of(Form form) {
        return Arrays.stream(values()).filter(kind -> kind.forms.contains(form)).toList();
    }

    /** About how many in a thousand groups of rows are of this kind. */
    int share() {
        return share;
    }

    /** Rows that belong together, in the order in which the file must have them. */
    List<Draft> rows(Maker make) {
        return script.apply(make);
    }
}

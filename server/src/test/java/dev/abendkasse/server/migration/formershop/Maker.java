package dev.abendkasse.server.migration.formershop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Makes up customers, no two of them alike. */
final class Maker {

    static final String DOMAIN = "@example.org";

    private static final Instant FIRST_CUSTOMER = Instant.parse("2009-03-01T08:00:00Z");
    private static final int MINUTES_UNTIL_EXPORT = Math.toIntExact(
            Duration.between(FIRST_CUSTOMER, FormerShop.EXPORTED_AT).toMinutes());
    private static final List<String> FIRST_NAMES =
            List.of("Anna", "Jörg", "Zoë", "Øyvind", "Müßig", "Renée", "Bo", "Marie-Luise", "D’Arcy", "José");
    private static final List<String> LAST_NAMES = List.of(
            "Berg", "von der Au", "Groß", "O'Neill", "Müller; Söhne", "Smith, Jr.", "\"Kai\" Lind", "Çelik", "Ek");

    private final Random random;
    private final Style style;
    private long made;

    Maker(Random random, Style style) {
        this.random = random;
        this.style = style;
    }

    Random random() {
        return random;
    }

    Style style() {
        return style;
    }

    /** Part of whatever must be one person's alone. */
    String unique() {
        made++;
        return Long.toString(made, Character.MAX_RADIX);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Says what most customers' rows say, with a password. */
    Draft customer() {
        var id = unique();
        var draft = new Draft()
                .says(Column.CUSTOMER_NUMBER, "K-" + id)
                .email("customer." + id + DOMAIN, "customer." + id + DOMAIN)
                .says(Column.NAME, oneOf(FIRST_NAMES) + " " + oneOf(LAST_NAMES))
                .says(Column.REGISTERED_AT, time())
                .says(
                        Column.CHANGED_AT,
                        FormerShop.EXPORTED_AT
                                .minusSeconds(random.nextInt(86_400))
                                .toString())
                .password(Hashes.usable(random));
        if (Hashes.DEFAULT_FORMAT.equals(draft.cell(Column.PASSWORD_FORMAT)) && chance(50)) {
            draft.saysNothingOf(Column.PASSWORD_FORMAT);
        }
        return withExtras(draft, id);
    }

    /** Any time between the first customer and the export, in one of the ways to write it. */
    String time() {
        var time = FIRST_CUSTOMER.plusSeconds(60L * random.nextInt(MINUTES_UNTIL_EXPORT));
        return chance(50) ? time.toString() : time.toString().replace("Z", "+00:00");
    }

    private Draft withExtras(Draft draft, String id) {
        if (chance(30)) {
            draft.says(Column.USER_NAME, "Fan." + id);
        }
        if (chance(40)) {
            draft.says(Column.PHONE, "+49 30 " + (1_000_000 + random.nextInt(9_000_000)));
        }
        if (chance(60)) {
            draft.says(Column.LANGUAGE, chance(80) ? "de" : "en");
        }
        if (chance(30)) {
            draft.says(Column.PASSWORD_CHANGED_AT, time());
        }
        if (chance(70)) {
            draft.says(Column.EMAIL_PROVEN_AT, time());
        }
        return draft;
    }
}

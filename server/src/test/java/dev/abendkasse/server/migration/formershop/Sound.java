package dev.abendkasse.server.migration.formershop;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Rows that become accounts in which people can sign in. */
final class Sound {

    private static final int LONGEST_NAME = 200;

    private Sound() {}

    static List<Draft> ordinary(Maker make) {
        return List.of(make.customer());
    }

    static List<Draft> limited(Maker make) {
        return List.of(make.customer()
                .says(Column.CREDIT_LIMIT, String.valueOf(make.random().nextInt(500_000))));
    }

    static List<Draft> blocked(Maker make) {
        return List.of(make.customer()
                .says(Column.BLACKLIST_REASON, "Did not pay; see letter \"3\", page 2")
                .says(Column.BLACKLIST_SINCE, make.time()));
    }

    /** In CSV the words go over several lines. */
    static List<Draft> consenting(Maker make) {
        return List.of(make.customer()
                .says(Column.NEWSLETTER_CONSENT_AT, make.time())
                .says(Column.NEWSLETTER_CONSENT_FROM, "Form on the page, double opt-in")
                .says(
                        Column.NEWSLETTER_CONSENT_WORDING,
                        "Yes, I want \"News\";\r\nI can end it at any time, in each mail."));
    }

    static List<Draft> consentingWithoutProof(Maker make) {
        return List.of(make.customer().says(Column.NEWSLETTER_CONSENT_AT, make.time()));
    }

    static List<Draft> locked(Maker make) {
        return List.of(
                make.customer().says(Column.LOCKED, "true"), make.customer().says(Column.LOCKED, "false"));
    }

    static List<Draft> nameInParts(Maker make) {
        return List.of(make.customer()
                .saysNothingOf(Column.NAME)
                .says(Column.FIRST_NAME, "Maria")
                .says(Column.LAST_NAME, "Groß-" + make.unique()));
    }

    static List<Draft> longestName(Maker make) {
        return List.of(make.customer().says(Column.NAME, "ß".repeat(LONGEST_NAME)));
    }

    /** Each with the one spelling in which it is unique. */
    static List<Draft> oddAddress(Maker make) {
        return List.of(make.oneOf(spellings(make, make.unique())));
    }

    static List<Draft> almostTheSameAddress(Maker make) {
        var id = make.unique();
        return Stream.of("al.most." + id, "almost." + id, "al.most." + id + "+tag")
                .map(local -> make.customer().email(local + Maker.DOMAIN, local + Maker.DOMAIN))
                .toList();
    }

    static List<Draft> ownAddressAsUserName(Maker make) {
        var customer = make.customer();
        return List.of(
                customer.says(Column.USER_NAME, text(customer, Column.EMAIL).toUpperCase(Locale.ROOT)));
    }

    /** An address that was somebody's, and is now somebody else's. */
    static List<Draft> inheritedAddress(Maker make) {
        var heir = make.customer();
        var former = "former." + make.unique() + Maker.DOMAIN;
        return List.of(
                make.customer().says(Column.FORMER_EMAILS, former + " " + text(heir, Column.EMAIL)),
                heir,
                make.customer().says(Column.FORMER_EMAILS, former));
    }

    /** One address, differently spelled by different customers, as far as the file can hold it. */
    static List<Draft> spellings(Maker make, String id) {
        return Stream.of(
                        make.customer().email("Odd." + id + "@Example.ORG", "odd." + id + Maker.DOMAIN),
                        make.customer().email("  odd." + id + "@example.org ", "odd." + id + Maker.DOMAIN),
                        make.customer().email("\"Odd." + id + "\"@example.org", "odd." + id + Maker.DOMAIN),
                        make.customer().email("ｏdd." + id + "@ｅxample.org", "odd." + id + Maker.DOMAIN))
                .filter(draft -> make.style().canWrite(text(draft, Column.EMAIL)))
                .toList();
    }

    /** The same for a domain and a name that are not of plain letters. */
    static List<Draft> foreignSpellings(Maker make, String id) {
        var canonical = "jürg." + id + "@xn--bcher-kva.example.org";
        return Stream.of(
                        "Jürg." + id + "@bücher.example.org",
                        Normalizer.normalize(canonical, Normalizer.Form.NFD),
                        canonical)
                .filter(make.style()::canWrite)
                .map(typed -> make.customer().email(typed, canonical))
                .toList();
    }

    private static String text(Draft draft, Column column) {
        return Objects.requireNonNull(draft.cell(column));
    }
}

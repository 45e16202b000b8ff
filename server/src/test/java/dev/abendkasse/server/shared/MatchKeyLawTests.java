package dev.abendkasse.server.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds of the keys of all addresses, tried with a few thousand; always the same ones. */
class MatchKeyLawTests {

    private static final int TRIES = 5_000;
    private static final long SEED = 20261130;

    /** Letters of many scripts that each have a lower and an upper case, letters without, and what names have besides. */
    private static final List<String> LETTERS = List.of(
                    "abcdefghijklmnopqrstuvwxyz0123456789".split(""),
                    "äöüéèñçøåæœšžłőąğþðàâêîôû".split(""),
                    "αβγδεζηθικλμνξοπρστυφχψω".split(""),
                    "абвгдежзиклмнопрстуфхцчшщъыьэюяёіїєѓќџ".split(""),
                    "աբգդեზთიאבגदनमأبت日本語한글".split(""))
            .stream()
            .flatMap(java.util.Arrays::stream)
            .toList();

    private static final List<String> BETWEEN = List.of(".", "-", "_", "'", "&", "/");
    private static final List<String> KNOWN = List.of(
            "gmail.com",
            "googlemail.com",
            "outlook.com",
            "hotmail.de",
            "me.com",
            "pm.me",
            "protonmail.com",
            "fastmail.com",
            "someone.fastmail.com",
            "ya.ru",
            "posteo.net",
            "runbox.com");
    private static final List<String> UNKNOWN = List.of(
            "example.org",
            "example.com",
            "bücher.example",
            "yahoo.com",
            "gmx.de",
            "web.de",
            "t-online.de",
            "gmail.de",
            "gmail.com.example.org");

    @Test
    void b2KeyOfAKeyIsTheKey() {
        forMany(random -> {
            var key = MatchKey.of(address(random, random.nextBoolean() ? KNOWN : UNKNOWN));

            assertThat(MatchKey.of(key)).isEqualTo(key);
        });
    }

    @Test
    void b2KeyOfAnythingAtAllIsItsOwnKey() {
        forMany(random -> {
            var key = MatchKey.of(noise(random));

            assertThat(MatchKey.of(key)).isEqualTo(key);
        });
    }

    @Test
    void m7CanonicalFormOfACanonicalFormIsTheSame() {
        forMany(random -> EmailAddress.parse(noise(random) + "@example.org")
                .map(EmailAddress::canonical)
                .ifPresent(canonical -> assertThat(
                                EmailAddress.parse(canonical).orElseThrow().canonical())
                        .isEqualTo(canonical)));
    }

    @Test
    void b2CaseOfNoLetterMatters() {
        forMany(random -> {
            var address = address(random, random.nextBoolean() ? KNOWN : UNKNOWN);

            assertThat(MatchKey.of(mixedCase(random, address))).isEqualTo(MatchKey.of(address));
            assertThat(MatchKey.of(address.toUpperCase(Locale.ROOT))).isEqualTo(MatchKey.of(address));
        });
    }

    @Test
    void b2FormInWhichUnicodeIsWrittenDoesNotMatter() {
        forMany(random -> {
            var address = address(random, random.nextBoolean() ? KNOWN : UNKNOWN);

            for (var form : Normalizer.Form.values()) {
                assertThat(MatchKey.of(Normalizer.normalize(address, form))).isEqualTo(MatchKey.of(address));
            }
            assertThat(MatchKey.of(wide(address))).isEqualTo(MatchKey.of(address));
        });
    }

    @Test
    void b2QuotesAroundANameDoNotMatter() {
        forMany(random -> {
            var address = address(random, random.nextBoolean() ? KNOWN : UNKNOWN);
            var at = address.indexOf('@');
            var quoted = "\"" + escaped(random, address.substring(0, at)) + "\"" + address.substring(at);

            assertThat(MatchKey.of(quoted)).isEqualTo(MatchKey.of(address));
        });
    }

    @Test
    void b2DotsDoNotMatterWhereTheProviderIgnoresThem() {
        for (var domain : List.of("gmail.com", "googlemail.com", "proton.me", "pm.me")) {
            forMany(random -> {
                var name = word(random);

                assertThat(MatchKey.of(dotted(random, name) + "@" + domain))
                        .isEqualTo(MatchKey.of(name + "@" + domain));
            });
        }
    }

    @Test
    void b2TagsDoNotMatterWhereTheProviderIgnoresThem() {
        for (var domain : List.of(
                "gmail.com", "outlook.com", "hotmail.de", "icloud.com", "proton.me", "fastmail.com", "runbox.com")) {
            forMany(random -> {
                var name = name(random);

                assertThat(MatchKey.of(name + "+" + word(random) + "@" + domain))
                        .isEqualTo(MatchKey.of(name + "@" + domain));
            });
        }
    }

    @Test
    void b2NoTwoNamesAreOnePersonWhereNothingIsKnownOfTheProvider() {
        forMany(random -> {
            var domain = pick(random, UNKNOWN);
            var one = name(random);
            var other = random.nextBoolean() ? name(random) : nearly(random, one);

            assertThat(MatchKey.of(one + "@" + domain).equals(MatchKey.of(other + "@" + domain)))
                    .as("%s and %s at %s", one, other, domain)
                    .isEqualTo(one.equals(other));
        });
    }

    @Test
    void b2NoTwoPlainNamesAreOnePersonAnywhere() {
        forMany(random -> {
            var domain = pick(
                    random,
                    KNOWN.stream().filter(it -> !it.startsWith("someone")).toList());
            var one = word(random);
            var other = word(random);

            assertThat(MatchKey.of(one + "@" + domain).equals(MatchKey.of(other + "@" + domain)))
                    .isEqualTo(one.equals(other));
        });
    }

    private static void forMany(Consumer<Random> law) {
        var random = new Random(SEED);
        for (int i = 0; i < TRIES; i++) {
            law.accept(random);
        }
    }

    private static String address(Random random, List<String> domains) {
        return name(random) + "@" + pick(random, domains);
    }

    private static String name(Random random) {
        var name = new StringBuilder(word(random));
        for (int i = random.nextInt(3); i > 0; i--) {
            name.append(pick(random, BETWEEN)).append(word(random));
        }
        if (random.nextInt(3) == 0) {
            name.append('+').append(word(random));
        }
        return name.toString();
    }

    private static String word(Random random) {
        var word = new StringBuilder();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            word.append(pick(random, LETTERS));
        }
        return Normalizer.normalize(word, Normalizer.Form.NFKC);
    }

    /** The same name but for one dot, tag, hyphen or letter. */
    private static String nearly(Random random, String name) {
        return switch (random.nextInt(4)) {
            case 0 -> name.replace(".", "");
            case 1 -> name.contains("+") ? name.substring(0, name.indexOf('+')) : name + "+tag";
            case 2 -> name.replace("-", "");
            default -> name + pick(random, List.of("a", "1", "x"));
        };
    }

    private static String dotted(Random random, String word) {
        var dotted = new StringBuilder();
        word.codePoints().forEach(letter -> {
            if (!dotted.isEmpty() && Character.isLetterOrDigit(letter) && random.nextBoolean()) {
                dotted.append('.');
            }
            dotted.appendCodePoint(letter);
        });
        return dotted.toString();
    }

    private static String mixedCase(Random random, String text) {
        return text.codePoints()
                .map(letter -> random.nextBoolean() ? Character.toUpperCase(letter) : letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** As it is typed in East Asia. */
    private static String wide(String text) {
        return text.codePoints()
                .map(letter -> letter > ' ' && letter < 127 ? letter - '!' + '！' : letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String escaped(Random random, String name) {
        var escaped = new StringBuilder();
        name.codePoints().forEach(letter -> {
            if (random.nextInt(4) == 0) {
                escaped.append('\\');
            }
            escaped.appendCodePoint(letter);
        });
        return escaped.toString();
    }

    /** Of all Unicode, halves of surrogates as well, with many an @ and quote in between. */
    private static String noise(Random random) {
        return IntStream.range(0, 1 + random.nextInt(12))
                .map(_ -> switch (random.nextInt(6)) {
                    case 0 -> "@.\"\\+-_ ()".codePointAt(random.nextInt(10));
                    case 1 -> random.nextInt(0x80);
                    case 2 -> random.nextInt(0x110000);
                    case 3 -> 0x300 + random.nextInt(0x50);
                    default -> random.nextInt(0x3000);
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static <T> T pick(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}

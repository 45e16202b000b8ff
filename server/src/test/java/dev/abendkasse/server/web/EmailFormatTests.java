package dev.abendkasse.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.api.model.BlacklistDraft;
import dev.abendkasse.api.model.BlacklistPerson;
import dev.abendkasse.api.model.BlacklistSearch;
import dev.abendkasse.api.model.Buyer;
import dev.abendkasse.api.model.Contact;
import dev.abendkasse.api.model.Registration;
import dev.abendkasse.server.shared.EmailAddress;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Email;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** There is one rule of what an e-mail address is: what the edge lets in is what the inside can tell people apart by. */
class EmailFormatTests {

    private static ValidatorFactory factory;
    private static Validator validator;

    @BeforeAll
    static void open() {
        factory = Validation.buildDefaultValidatorFactory();
        validator = factory.getValidator();
    }

    @AfterAll
    static void close() {
        factory.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "someone@example.org",
                "Some.One+tag@Example.ORG",
                " someone@example.org ",
                "ｓｏｍｅｏｎｅ@example.org",
                "someone＠example.org",
                "jürgen@bücher.example",
                "\"some.one\"@example.org",
                "\"some one\"@example.org",
                "some..one@example.org",
                "someone@localhost",
                "someone@[127.0.0.1]",
                "someone@example.org.",
                "someone(tag)@example.org",
                "some\u200bone@example.org",
                "some\ufe0fone@example.org",
                "someone@a\u200db.example",
                "someone@xn--a.example",
                "nobody",
                "   ",
            })
    void b2EdgeTakesWhatMailCanBeSentToAndNothingElse(String text) {
        assertOneRule(text);
    }

    @Test
    void b2EdgeAndInsideAreOfOneMindOverAnyText() {
        var random = new Random(20261130);
        for (int i = 0; i < 3_000; i++) {
            assertOneRule(noise(random) + "@" + (random.nextBoolean() ? "example.org" : noise(random) + ".example"));
        }
    }

    private static void assertOneRule(String text) {
        var isAddress = text.equals(text.strip())
                && text.contains("@")
                && EmailAddress.parse(text).isPresent();

        assertThat(Stream.of(
                                new Buyer(text, "Example Buyer"),
                                new Contact().email(text),
                                new BlacklistDraft("A test").email(text),
                                new BlacklistPerson().email(text),
                                new BlacklistSearch().email(text),
                                new Registration(text, "Example Customer", "correct horse battery"))
                        .map(EmailFormatTests::isTaken))
                .as(text)
                .containsOnly(isAddress);
    }

    private static boolean isTaken(Object body) {
        return validator.validateProperty(body, "email").stream()
                .noneMatch(fault -> fault.getConstraintDescriptor().getAnnotation() instanceof Email);
    }

    private static String noise(Random random) {
        return random.ints(1 + random.nextInt(6), 0, 8)
                .map(kind -> switch (kind) {
                    case 0 -> ".\"\\+-_ ()".codePointAt(random.nextInt(9));
                    case 1 -> random.nextInt(0x3000);
                    case 2 -> 0x2000 + random.nextInt(0x70);
                    default -> 'a' + random.nextInt(26);
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

package dev.abendkasse.server.shared;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * An e-mail address. Mail goes to it as typed; accounts are told apart by the canonical form.
 *
 * @param typed as the person typed it, without blanks around it
 * @param canonical Unicode NFKC, lower case, the domain in ASCII (IDNA)
 */
public record EmailAddress(String typed, String canonical) {

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL_BYTES = 64;
    private static final int MAX_DOMAIN = 253;
    private static final String SPECIALS = "\"(),:;<>[\\]@";

    /** Empty when mail cannot be sent there: quoted names, address literals and domains without a dot are not taken. */
    public static Optional<EmailAddress> parse(String text) {
        var typed = text.strip();
        if (typed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        var plain = Normalizer.normalize(typed, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        var at = plain.lastIndexOf('@');
        return at < 1 || !isLocalPart(plain.substring(0, at))
                ? Optional.empty()
                : ascii(plain.substring(at + 1))
                        .map(domain -> plain.substring(0, at) + "@" + domain)
                        .filter(canonical -> canonical.length() <= MAX_LENGTH)
                        .map(canonical -> new EmailAddress(typed, canonical));
    }

    public String localPart() {
        return canonical.substring(0, canonical.lastIndexOf('@'));
    }

    public String domain() {
        return canonical.substring(canonical.lastIndexOf('@') + 1);
    }

    /** As mail is sent to it: the part before the @ as typed if that is plain ASCII, the domain always in ASCII. */
    public String mailbox() {
        var at = typed.lastIndexOf('@');
        var local = at < 1 ? "" : typed.substring(0, at);
        var plain = !local.isEmpty() && local.chars().allMatch(character -> character < 128);
        return (plain ? local : localPart()) + "@" + domain();
    }

    private static boolean isLocalPart(String local) {
        return local.getBytes(StandardCharsets.UTF_8).length <= MAX_LOCAL_BYTES
                && !local.startsWith(".")
                && !local.endsWith(".")
                && !local.contains("..")
                && local.codePoints().allMatch(EmailAddress::isLocalCharacter);
    }

    /** No blanks, controls, invisible formats, halves of surrogates or code points without a meaning. */
    private static boolean isLocalCharacter(int character) {
        return SPECIALS.indexOf(character) < 0
                && switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }

    private static Optional<String> ascii(String domain) {
        try {
            var ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            return ascii.length() <= MAX_DOMAIN && isDotted(ascii) ? Optional.of(ascii) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isDotted(String domain) {
        var labels = domain.split("\\.", -1);
        var top = labels[labels.length - 1];
        return labels.length > 1
                && Arrays.stream(labels).noneMatch(String::isEmpty)
                && !top.chars().allMatch(Character::isDigit);
    }
}

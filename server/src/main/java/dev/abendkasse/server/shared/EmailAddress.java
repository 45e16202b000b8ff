package dev.abendkasse.server.shared;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address. Mail goes to it as typed; accounts are told apart by the canonical form.
 *
 * @param typed as the person typed it, without blanks around it
 * @param canonical Unicode NFKC, lower case, without quotes, the domain in ASCII (UTS #46)
 */
public record EmailAddress(String typed, String canonical) {

    private static final int MAX_LENGTH = 254;
    private static final int MAX_LOCAL_BYTES = 64;
    private static final String SPECIALS = "\"(),:;<>[\\]@";
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    /**
     * Empty when mail cannot be sent there: comments, address literals, domains without a dot and names that need their
     * quotes are not taken. Quotes that are not needed mean nothing (RFC 5321, 4.1.2).
     */
    public static Optional<EmailAddress> parse(String text) {
        var typed = text.strip();
        if (typed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        var plain = Spelling.nfkc(typed);
        var at = plain.lastIndexOf('@');
        var local = at < 1 ? "" : Spelling.lower(unquoted(plain.substring(0, at)));
        return !isLocalPart(local)
                ? Optional.empty()
                : DomainName.ascii(plain.substring(at + 1))
                        .map(domain -> local + "@" + domain)
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
        var local = at < 1 ? "" : unquoted(typed.substring(0, at));
        var plain = !local.isEmpty() && local.chars().allMatch(character -> character < 128);
        return (plain ? local : localPart()) + "@" + domain();
    }

    private static String unquoted(String local) {
        var quoted = local.length() > 2 && local.startsWith("\"") && local.endsWith("\"");
        return quoted ? ESCAPED.matcher(local.substring(1, local.length() - 1)).replaceAll("$1") : local;
    }

    private static boolean isLocalPart(String local) {
        return !local.isEmpty()
                && local.getBytes(StandardCharsets.UTF_8).length <= MAX_LOCAL_BYTES
                && !local.startsWith(".")
                && !local.endsWith(".")
                && !local.contains("..")
                && local.codePoints().allMatch(EmailAddress::isLocalCharacter);
    }

    /** No blanks, controls, invisible characters, halves of surrogates or code points without a meaning. */
    private static boolean isLocalCharacter(int character) {
        return SPECIALS.indexOf(character) < 0
                && !Spelling.isInvisible(character)
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
}

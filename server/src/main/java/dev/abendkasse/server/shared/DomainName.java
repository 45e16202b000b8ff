package dev.abendkasse.server.shared;

import com.ibm.icu.text.IDNA;
import java.util.Arrays;
import java.util.Optional;

/**
 * Domain names as browsers and mail servers read them: UTS #46, not transitional, so that straße and strasse are two
 * names. The JDK's {@link java.net.IDN} makes one of them, as it was until 2003.
 */
final class DomainName {

    private static final int MAX_LENGTH = 253;

    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE
            | IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ);

    private DomainName() {}

    /** As the DNS has it; empty when it cannot be the name of a mail domain. */
    static Optional<String> ascii(String name) {
        var info = new IDNA.Info();
        var ascii = UTS46.nameToASCII(name, new StringBuilder(), info).toString();
        return isSound(info) && ascii.length() <= MAX_LENGTH && isDotted(ascii) ? Optional.of(ascii) : Optional.empty();
    }

    /** Two hyphens in the third and fourth place are nobody's to register, but stand in names of hosts. */
    private static boolean isSound(IDNA.Info info) {
        return info.getErrors().stream().allMatch(IDNA.Error.HYPHEN_3_4::equals);
    }

    private static boolean isDotted(String domain) {
        var labels = domain.split("\\.", -1);
        var top = labels[labels.length - 1];
        return labels.length > 1
                && Arrays.stream(labels).noneMatch(String::isEmpty)
                && !top.chars().allMatch(Character::isDigit);
    }
}

package dev.abendkasse.server.passwords;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;
import org.apache.commons.codec.digest.Md5Crypt;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** The formats of crypt(3): bcrypt, MD5-crypt and SHA-crypt. */
final class Crypt {

    private static final int BCRYPT_PASSWORD_BYTES = 72;
    private static final int BCRYPT_HASH_CHARACTERS = 31;
    private static final int SHORTEST_BCRYPT_COST = 4;

    private static final String WORDPRESS = "$wp";
    private static final String WORDPRESS_KEY = "wp-sha384";

    private static final Pattern BCRYPT = Pattern.compile("\\$2([a-z]?)\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");
    private static final Pattern MD5 = Pattern.compile("\\$(1|apr1)\\$[./A-Za-z0-9]{1,8}\\$[./A-Za-z0-9]{22}");
    private static final Pattern SHA = Pattern.compile(
            "\\$([56])\\$(?:rounds=([0-9]+)\\$)?[./A-Za-z0-9]{1,16}\\$(?:[./A-Za-z0-9]{43}|[./A-Za-z0-9]{86})");

    private static final int SHA_ROUNDS = 5000;
    private static final int LEAST_SHA_ROUNDS = 1000;
    private static final int MD5_ROUNDS = 1000;

    private Crypt() {}

    /**
     * Counts only the first 72 bytes of a password, as those who made the hash did. Of the salt's last character two bits
     * mean nothing, and not everybody leaves them alike: what is compared is what stands behind it.
     */
    static Hash bcrypt(String text) {
        var form = Limits.matched(BCRYPT, text);
        if (!form.group(1).matches("[aby]")) {
            throw new RefusedHash(HashRefusal.UNKNOWN_FORMAT);
        }
        if (Limits.number(form.group(2), Limits.BCRYPT_COST) < SHORTEST_BCRYPT_COST) {
            throw RefusedHash.malformed();
        }
        return Hash.strong(end(text), password -> end(BCrypt.hashpw(head(password), text)));
    }

    /** bcrypt of a MAC, so that every byte of a long password counts. */
    static Hash wordPress(String text) {
        if (!text.startsWith(WORDPRESS)) {
            throw RefusedHash.malformed();
        }
        var bcrypt = bcrypt(text.substring(WORDPRESS.length()));
        return Hash.strong(
                bcrypt.expected(),
                password -> bcrypt.steps()
                        .of(Base64.getEncoder()
                                .encode(new HmacUtils(HmacAlgorithms.HMAC_SHA_384, WORDPRESS_KEY).hmac(password))));
    }

    static Hash md5(String text) {
        var form = Limits.matched(MD5, text);
        Steps steps = form.group(1).equals("1")
                ? password -> ascii(Md5Crypt.md5Crypt(password.clone(), text))
                : password -> ascii(Md5Crypt.apr1Crypt(password.clone(), text));
        return Hash.strong(ascii(text), Limits.bounded(MD5_ROUNDS, steps));
    }

    static Hash sha(String text) {
        var form = Limits.matched(SHA, text);
        Steps steps = form.group(1).equals("5")
                ? password -> ascii(Sha2Crypt.sha256Crypt(password.clone(), text))
                : password -> ascii(Sha2Crypt.sha512Crypt(password.clone(), text));
        return Hash.strong(ascii(text), Limits.bounded(rounds(form.group(2)), steps));
    }

    private static int rounds(@Nullable String stated) {
        if (stated == null) {
            return SHA_ROUNDS;
        }
        var rounds = Limits.number(stated, Limits.CRYPT_ROUNDS);
        if (rounds < LEAST_SHA_ROUNDS) {
            throw RefusedHash.malformed();
        }
        return rounds;
    }

    private static byte[] head(byte[] password) {
        return password.length > BCRYPT_PASSWORD_BYTES ? Arrays.copyOf(password, BCRYPT_PASSWORD_BYTES) : password;
    }

    private static byte[] end(String bcrypt) {
        return ascii(bcrypt.substring(bcrypt.length() - BCRYPT_HASH_CHARACTERS));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}

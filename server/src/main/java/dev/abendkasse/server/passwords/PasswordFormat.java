package dev.abendkasse.server.passwords;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The hashes that can be checked here: a closed list, in which nothing stands for a password that is not hashed. */
public enum PasswordFormat {

    /** Argon2id and Argon2i in the form of the reference implementation; today's among them. */
    ARGON2("argon2", Argon2::read),

    /** bcrypt with {@code $2a$}, {@code $2b$} or {@code $2y$}. */
    BCRYPT("bcrypt", Crypt::bcrypt),

    /** {@code $P$} and {@code $H$}. */
    PHPASS("phpass", Portable::phpass),

    /** {@code $wp$2y$}, of WordPress from 6.8 on; older ones are {@link #PHPASS}. */
    WORDPRESS("wordpress", Crypt::wordPress),

    /** {@code $S$} and {@code U$S$}. */
    DRUPAL7("drupal7", Portable::drupal),

    /** {@code $1$} and {@code $apr1$}. */
    MD5_CRYPT("md5-crypt", Crypt::md5),

    /** {@code $5$} and {@code $6$}. */
    SHA_CRYPT("sha-crypt", Crypt::sha),

    /** {@code $scrypt$ln=…}. */
    SCRYPT("scrypt", Derived::scrypt),

    /** What Django puts into its column: PBKDF2, scrypt, Argon2 and bcrypt. */
    DJANGO("django", Derived::django),

    /** ASP.NET Core Identity, versions 2 and 3. */
    ASPNET_IDENTITY("aspnet-identity", Derived::identity),

    /** {@code digest:salt:versions}. */
    MAGENTO2("magento2", digested(Magento::recipe)),

    /** Shopware 5's Sha256, {@code rounds:salt:digest}; its Md5 is {@link #MD5_SALT_LAST}, its Bcrypt is {@link #BCRYPT}. */
    SHOPWARE5("shopware5", digested(Digests::shopware)),

    /** Symfony's message digest: base64 or hex, with the salt apart, and {@code algorithm:rounds} as parameters. */
    SYMFONY("symfony", digested(Digests::symfony)),

    /** SHA-1 three times, with the salt apart. */
    OPENCART("opencart", digested(Digests::openCart)),

    MD5("md5", digested(Digests.plain("MD5"))),
    SHA1("sha1", digested(Digests.plain("SHA-1"))),
    SHA256("sha256", digested(Digests.plain("SHA-256"))),
    SHA512("sha512", digested(Digests.plain("SHA-512"))),

    /** The salt, then the password; {@code digest:salt} or with the salt apart. osCommerce, xt:Commerce, Magento 1. */
    MD5_SALT_FIRST("md5-salt-first", digested(Digests.saltFirst("MD5"))),
    SHA1_SALT_FIRST("sha1-salt-first", digested(Digests.saltFirst("SHA-1"))),
    SHA256_SALT_FIRST("sha256-salt-first", digested(Digests.saltFirst("SHA-256"))),
    SHA512_SALT_FIRST("sha512-salt-first", digested(Digests.saltFirst("SHA-512"))),

    /** The password, then the salt. */
    MD5_SALT_LAST("md5-salt-last", digested(Digests.saltLast("MD5"))),
    SHA1_SALT_LAST("sha1-salt-last", digested(Digests.saltLast("SHA-1"))),
    SHA256_SALT_LAST("sha256-salt-last", digested(Digests.saltLast("SHA-256"))),
    SHA512_SALT_LAST("sha512-salt-last", digested(Digests.saltLast("SHA-512")));

    /** How a kind of hashes is read: as digest and settings, or whole. */
    private sealed interface Reader {

        record Whole(Function<String, Hash> read) implements Reader {}

        record Digested(Digests.Settings settings) implements Reader {}
    }

    private final String id;
    private final Reader reader;

    PasswordFormat(String id, Function<String, Hash> read) {
        this(id, new Reader.Whole(read));
    }

    PasswordFormat(String id, Reader reader) {
        this.id = id;
        this.reader = reader;
    }

    private static Reader digested(Digests.Settings settings) {
        return new Reader.Digested(settings);
    }

    /** As it stands before the hash, and in what is imported. */
    public String id() {
        return id;
    }

    /** Empty when there is none with this id. */
    public static Optional<PasswordFormat> of(String id) {
        return Arrays.stream(values()).filter(format -> format.id.equals(id)).findAny();
    }

    boolean isDigest() {
        return reader instanceof Reader.Digested;
    }

    /** @throws RefusedHash when it is none, or too costly */
    Hash read(String text) {
        return switch (reader) {
            case Reader.Whole(var read) -> read.apply(text);
            case Reader.Digested(var settings) -> Digests.read(text, settings);
        };
    }

    /**
     * How a password becomes a digest.
     *
     * @throws RefusedHash when the settings are none, or this is no digest
     */
    Steps steps(Optional<String> settings) {
        return switch (reader) {
            case Reader.Whole _ -> throw RefusedHash.malformed();
            case Reader.Digested(var recipe) -> recipe.read(settings).steps();
        };
    }
}

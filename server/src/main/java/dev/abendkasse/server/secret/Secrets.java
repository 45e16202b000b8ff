package dev.abendkasse.server.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Everything that depends on the installation's key. Each purpose has a key of its own, derived with HKDF-Expand (RFC
 * 5869, one block), so that a value made for one purpose says nothing about another.
 */
public final class Secrets {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final byte[] key;
    private final SecureRandom random = new SecureRandom();

    /** @param key 32 random bytes */
    public Secrets(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("The installation's key must be 32 bytes, not " + key.length);
        }
        this.key = key.clone();
    }

    /** The secret that guards the thing with this id: 256 bits, the same every time, so that it need not be stored. */
    public String tokenFor(String purpose, UUID id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(purpose, bytes(id.toString())));
    }

    /** What is stored of a secret that a client sends. */
    public byte[] hash(String token) {
        return sha256(bytes(token));
    }

    /** The same as commands to the database carry it. */
    public String hexHash(String token) {
        return HexFormat.of().formatHex(hash(token));
    }

    /** A hash that cannot be made, or tested against a list of guesses, without the key. */
    public byte[] keyedHash(String purpose, String text) {
        return hmac(purpose, bytes(text));
    }

    /** Encrypts with AES-256-GCM; the nonce goes first. */
    public byte[] encrypt(String purpose, byte[] plain) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed = cipher(Cipher.ENCRYPT_MODE, purpose, nonce, plain);
        var all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
        return all;
    }

    /** @throws IllegalStateException if it was encrypted with another key or changed since */
    public byte[] decrypt(String purpose, byte[] sealed) {
        var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        return cipher(Cipher.DECRYPT_MODE, purpose, nonce, Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length));
    }

    private byte[] cipher(int mode, String purpose, byte[] nonce, byte[] input) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(keyFor(purpose), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Not encrypted with this installation's key", e);
        }
    }

    private byte[] hmac(String purpose, byte[] text) {
        return hmac(keyFor(purpose), text);
    }

    private byte[] keyFor(String purpose) {
        var info = bytes(purpose);
        var block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;
        return hmac(key, block);
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

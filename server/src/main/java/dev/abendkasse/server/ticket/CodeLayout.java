package dev.abendkasse.server.ticket;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.bouncycastle.util.encoders.Base32;

/**
 * How a ticket's code is laid out: a version, the beginning of the key's id, the ticket's and the performance's ids, and a
 * signature of all that. 100 bytes are 160 letters of Base32, which a QR code holds in its compact mode and every scanner
 * that types can type.
 */
record CodeLayout(byte[] signed, byte[] signature) {

    private static final byte VERSION = 1;
    private static final int KEY_START = 3;
    private static final int SIGNED = 36;
    private static final Pattern FORM = Pattern.compile("[A-Z2-7]{160}");

    /** The bytes to sign. */
    static byte[] of(String keyId, SignedTicket ticket) {
        var bytes = ByteBuffer.allocate(SIGNED)
                .put(VERSION)
                .put(Base64.getUrlDecoder().decode(keyId), 0, KEY_START);
        put(bytes, ticket.ticketId());
        put(bytes, ticket.performanceId());
        return bytes.array();
    }

    /** Empty if this was never a code of ours. */
    static Optional<CodeLayout> read(String code) {
        var text = code.strip().toUpperCase(Locale.ROOT);
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        var bytes = Base32.decode(text);
        return Optional.of(bytes)
                .filter(all -> all[0] == VERSION)
                .map(all -> new CodeLayout(Arrays.copyOf(all, SIGNED), Arrays.copyOfRange(all, SIGNED, all.length)));
    }

    String text() {
        return Base32.toBase32String(ByteBuffer.allocate(signed.length + signature.length)
                .put(signed)
                .put(signature)
                .array());
    }

    /** Whether a key with this id may have signed it. */
    boolean isSignedBy(String keyId) {
        return Arrays.equals(signed, 1, 1 + KEY_START, Base64.getUrlDecoder().decode(keyId), 0, KEY_START);
    }

    SignedTicket ticket() {
        var bytes = ByteBuffer.wrap(signed).position(1 + KEY_START);
        return new SignedTicket(uuid(bytes), uuid(bytes));
    }

    private static void put(ByteBuffer bytes, UUID id) {
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}

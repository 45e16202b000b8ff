package dev.abendkasse.server.migration.csv;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Unpacks gzip, and stops when it becomes more than any list of customers. */
final class Unpacked extends FilterInputStream {

    /** A list of customers packs to about a tenth. */
    private static final int MOST_TIMES_LARGER = 100;

    private static final long ALWAYS_ALLOWED = 16L << 20;
    private static final long MOST = 8L << 30;
    private static final int BUFFER = 1 << 16;

    private final Counted packed;
    private long unpacked;

    private Unpacked(Counted packed) throws IOException {
        super(new GZIPInputStream(packed, BUFFER));
        this.packed = packed;
    }

    static InputStream of(InputStream packed) throws IOException {
        return new Unpacked(new Counted(packed));
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        unpacked += Math.max(0, read);
        if (unpacked > MOST || unpacked > ALWAYS_ALLOWED && unpacked / MOST_TIMES_LARGER > packed.count) {
            throw Faults.inFile("import.fault.bomb");
        }
        return read;
    }

    private static final class Counted extends FilterInputStream {

        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}

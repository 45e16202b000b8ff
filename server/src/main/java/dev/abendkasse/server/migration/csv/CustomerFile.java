package dev.abendkasse.server.migration.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.abendkasse.server.migration.domain.NewImport.Form;
import dev.abendkasse.server.shared.problem.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file, one after the other while it comes in. Reading blocks until there is more. What is wrong with the file as a
 * whole ends it with a {@code ProblemException}.
 */
public final class CustomerFile implements Iterator<FileRow>, AutoCloseable {

    private static final long MOST_DISCARDED = 128L << 20;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream in;
    private final int headerRows;
    private final Iterator<FileRow> rows;
    private long given;
    private @Nullable FileRow next;

    private CustomerFile(InputStream in, Form form) throws IOException {
        this.in = in;
        this.headerRows = form.json() ? 0 : 1;
        this.rows = rows(new StrictReader(form.packed() ? Unpacked.of(in) : in, form.charset()), form);
    }

    public static CustomerFile open(InputStream in, Form form) {
        try {
            return new CustomerFile(in, form);
        } catch (IOException e) {
            throw fault(in, new UncheckedIOException(e), 1);
        } catch (RuntimeException e) {
            throw fault(in, e, 1);
        }
    }

    private static Iterator<FileRow> rows(Reader reader, Form form) throws IOException {
        var text = withoutMark(reader);
        return form.json() ? new JsonRows(text) : CsvRows.of(text, form.delimiter());
    }

    private static Reader withoutMark(Reader reader) throws IOException {
        var text = new PushbackReader(reader);
        int first = text.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            text.unread(first);
        }
        return text;
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = readNext();
        }
        return next != null;
    }

    @Override
    public FileRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var row = next;
        next = null;
        given++;
        return Objects.requireNonNull(row);
    }

    private @Nullable FileRow readNext() {
        try {
            return rows.hasNext() ? rows.next() : null;
        } catch (RuntimeException e) {
            throw fault(in, e, given + headerRows + 1);
        }
    }

    /** A sender that is still sending does not listen, so the rest is read and thrown away, within reason. */
    private static RuntimeException fault(InputStream in, RuntimeException e, long row) {
        if (e instanceof ProblemException || e instanceof CsvParseException || e instanceof UncheckedIOException) {
            discard(in);
        }
        return switch (e.getCause()) {
            // The parser says once more what the text below it has said.
            case ProblemException exact -> exact;
            case CharacterCodingException _ -> Faults.inRow(row, "csv.fault.encoding");
            case ZipException _ -> Faults.inFile("import.fault.packed");
            case EOFException _ -> Faults.inFile("import.fault.packed");
            case IOException _ -> e;
            case null, default -> e instanceof CsvParseException ? Faults.inRow(row, "csv.fault.form") : e;
        };
    }

    private static void discard(InputStream in) {
        var buffer = new byte[1 << 16];
        try {
            long left = MOST_DISCARDED;
            for (int read = in.read(buffer); read >= 0 && left > 0; read = in.read(buffer)) {
                left -= read;
            }
        } catch (IOException gone) {
            // Nobody waits for an answer any more.
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

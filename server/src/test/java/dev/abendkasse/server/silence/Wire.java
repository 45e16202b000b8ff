package dev.abendkasse.server.silence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A connection that is kept from request to request, and on which every byte of the answers is seen. */
final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final URI server;
    private final Socket socket;
    private final InputStream answers;

    Wire(URI server) {
        this.server = server;
        try {
            this.socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            this.answers = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawAnswer ask(RawRequest request) {
        return time(request).answer();
    }

    /** An answer, and how long after the last byte of its request the first of its own had come. */
    record Timed(RawAnswer answer, long nanos) {}

    Timed time(RawRequest request) {
        var bytes = request.bytes(server.getAuthority());
        try {
            long sent = System.nanoTime();
            socket.getOutputStream().write(bytes);
            answers.mark(1);
            answers.read();
            long received = System.nanoTime();
            answers.reset();
            return new Timed(answer(request), received - sent);
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.path(), e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RawAnswer answer(RawRequest request) throws IOException {
        var head = new ArrayList<String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            head.add(line);
        }
        var length = contentLength(head);
        var body = answers.readNBytes(length);
        assertThat(body).as("answer to %s %s", request.method(), request.path()).hasSize(length);
        return new RawAnswer(head, body);
    }

    private static int contentLength(List<String> head) {
        return head.stream()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no length in " + head));
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = answers.read(); c != '\r'; c = answers.read()) {
            if (c < 0) {
                throw new EOFException("closed after \"" + line + "\"");
            }
            line.append((char) c);
        }
        assertThat(answers.read()).as("end of line").isEqualTo('\n');
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}

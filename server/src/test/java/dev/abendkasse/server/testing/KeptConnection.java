package dev.abendkasse.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One connection for several requests, whose bytes go out when and together with what a test says. */
public final class KeptConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream answers;

    public KeptConnection(URI server) throws IOException {
        this.socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.answers = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends all of it at once. */
    public void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads the next answer, which must say how long it is. */
    public int status() throws IOException {
        var status = Integer.parseInt(line().split(" ")[1]);
        var length = -1;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var field = header.split(": ", 2);
            length = field[0].equalsIgnoreCase("content-length") ? Integer.parseInt(field[1]) : length;
        }
        assertThat(length).as("length of the answer").isNotNegative();
        assertThat(answers.readNBytes(length)).hasSize(length);
        return status;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = answers.read(); c != '\n'; c = answers.read()) {
            if (c < 0) {
                throw new EOFException("closed after \"" + line + "\"");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }
}

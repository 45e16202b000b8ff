package dev.abendkasse.server.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A mail server that answers as a test wants it to, and breaks where a test wants it to. */
public final class FakeSmtp implements AutoCloseable {

    /** Instead of an answer: the connection ends. */
    public static final String CUT = "cut";

    /** Instead of an answer: nothing. */
    public static final String SILENCE = "silence";

    /** The "command" that ends a mail. */
    public static final String END = "END";

    private final ServerSocket server;
    private final Function<String, @Nullable String> script;
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final CountDownLatch hungUp = new CountDownLatch(1);

    /** @param script the answer to a command's first word, or null for the usual one */
    public FakeSmtp(Function<String, @Nullable String> script) {
        this.script = script;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public List<String> commands() {
        return commands;
    }

    /** What came after DATA. */
    public List<String> mails() {
        return mails;
    }

    /** Opens when the client has ended a connection without saying so. */
    public CountDownLatch hungUp() {
        return hungUp;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                var connection = server.accept();
                Thread.ofVirtual().start(() -> talk(connection));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void talk(Socket connection) {
        try (connection) {
            var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            var going = write(connection, answerTo("CONNECT"));
            for (var line = going ? in.readLine() : null; line != null; line = going ? in.readLine() : null) {
                commands.add(line);
                going = follow(connection, in, line.split("[ :]")[0].toUpperCase(Locale.ROOT));
            }
        } catch (IOException e) {
            // the client is gone
        } finally {
            hungUp.countDown();
        }
    }

    private boolean follow(Socket connection, BufferedReader in, String verb) throws IOException {
        var answer = answerTo(verb);
        if (!write(connection, answer) || verb.equals("QUIT")) {
            return false;
        }
        if (!verb.equals("DATA") || !answer.startsWith("354")) {
            return true;
        }
        mails.add(mail(in));
        return write(connection, answerTo(END));
    }

    private static String mail(BufferedReader in) throws IOException {
        var mail = new StringBuilder();
        for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line.startsWith("..") ? line.substring(1) : line).append("\r\n");
        }
        return mail.toString();
    }

    private String answerTo(String verb) {
        var scripted = script.apply(verb);
        return scripted == null ? usual(verb) : scripted;
    }

    /** False when the connection is to end. */
    private static boolean write(Socket connection, String answer) throws IOException {
        if (!answer.equals(CUT) && !answer.equals(SILENCE)) {
            connection.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        return !answer.equals(CUT);
    }

    private static String usual(String verb) {
        return switch (verb) {
            case "CONNECT" -> "220 fake.example ESMTP";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "250 ok";
        };
    }
}

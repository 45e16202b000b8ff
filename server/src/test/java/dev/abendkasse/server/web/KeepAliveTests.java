package dev.abendkasse.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.KeptConnection;
import dev.abendkasse.server.testing.TestDatabase;
import dev.abendkasse.server.testing.TestServer;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection that is kept open answers every request on it, whatever became of those before. */
class KeepAliveTests {

    private static final String BODY = "{}";

    /** Needs no database: it is refused at once, before its body is read. */
    private static final String REFUSED = """
            POST /v1/admin/performances/%s/cancellation HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/json\r
            Content-Length: %d\r
            \r
            """.formatted(UUID.randomUUID(), BODY.length());

    /** Waits for the database, and so is not answered before what is sent together with it has been read. */
    private static final String ASKED = """
            GET /v1/performances/%s HTTP/1.1\r
            Host: localhost\r
            \r
            """.formatted(UUID.randomUUID());

    private static TestServer server;

    private KeptConnection connection;

    @BeforeAll
    static void start() {
        server = TestServer.on(TestDatabase.fresh());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() throws IOException {
        connection = new KeptConnection(server.address());
    }

    @AfterEach
    void hangUp() throws IOException {
        connection.close();
    }

    /**
     * Also without pipelining: when the thread that has written an answer is a moment late to say so, the client's next
     * request is there before its turn.
     */
    @Test
    void answersWhatFollowsARefusalThatHadToWaitItsTurn() throws IOException {
        connection.send(ASKED + REFUSED + BODY);
        assertThat(connection.status()).isEqualTo(404);
        assertThat(connection.status()).isEqualTo(401);

        connection.send(ASKED);
        assertThat(connection.status()).isEqualTo(404);
    }

    @Test
    void answersWhatFollowsABodyThatCameAfterItsRefusal() throws IOException {
        connection.send(REFUSED);
        assertThat(connection.status()).isEqualTo(401);
        connection.send(BODY.substring(0, 1));
        connection.send(BODY.substring(1) + ASKED);
        assertThat(connection.status()).isEqualTo(404);

        connection.send(REFUSED + BODY);
        assertThat(connection.status()).isEqualTo(401);
    }

    @Test
    void answersInTurnWhatWasSentTogether() throws IOException {
        connection.send(REFUSED + BODY + ASKED + ASKED + REFUSED + BODY + REFUSED + BODY);
        assertThat(connection.status()).isEqualTo(401);
        assertThat(connection.status()).isEqualTo(404);
        assertThat(connection.status()).isEqualTo(404);
        assertThat(connection.status()).isEqualTo(401);
        assertThat(connection.status()).isEqualTo(401);

        connection.send(ASKED);
        assertThat(connection.status()).isEqualTo(404);
    }
}

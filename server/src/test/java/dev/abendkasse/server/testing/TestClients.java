package dev.abendkasse.server.testing;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** HTTP clients with event loops of their own: those of the JVM end whenever some server closes. */
public final class TestClients {

    /** The contract is the largest answer. */
    private static final int LARGEST = 4 * 1024 * 1024;

    private static final HttpClient HTTP = HttpClient.create(ConnectionProvider.create("test-clients", 100))
            .runOn(LoopResources.create("test-clients"));

    private TestClients() {}

    public static WebTestClient.Builder http() {
        return WebTestClient.bindToServer(new ReactorClientHttpConnector(HTTP))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST));
    }
}

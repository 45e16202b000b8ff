package dev.abendkasse.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.abendkasse.office.model.WebhookEndpointDraft;
import dev.abendkasse.office.model.WebhookEventType;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Snippet;
import dev.abendkasse.server.testing.Theatre;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What docs/webhooks.md tells partners is so, and the code that it shows works. */
class WebhookDocumentTests {

    private static final Path DOCUMENT = Path.of("docs/webhooks.md");

    @Test
    void receiverThatIsShownTakesEachThingOnceAndNothingFromOthers(@TempDir Path folder) throws Exception {
        try (var theatre = Theatre.open(Partner.SETTINGS);
                var classes = Snippet.of(DOCUMENT, "webhook-receiver").compile(folder, "Receiver")) {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/abendkasse";
            var endpoint = theatre.office()
                    .webhooks()
                    .createWebhookEndpoint(new WebhookEndpointDraft()
                            .url(url)
                            .description("The document's")
                            .events(new LinkedHashSet<>(List.of(WebhookEventType.ORDER_CONFIRMED))));
            Queue<JsonNode> taken = new ConcurrentLinkedQueue<>();
            server.createContext("/abendkasse", receiver(classes, endpoint.getSecret(), taken::add));
            server.start();
            try {
                var order = new Sales(theatre).confirmed();
                PayPage.await(taken::size, size -> size == 1);
                var webhooks = theatre.office().webhooks();
                var id = endpoint.getEndpoint().getWebhookId();
                var delivery = webhooks.listWebhookDeliveries(id, null, null, null)
                        .getItems()
                        .getFirst();
                webhooks.replayWebhookDelivery(id, delivery.getDeliveryId());
                webhooks.sendTestWebhook(id);
                PayPage.await(taken::size, size -> size == 2);

                assertThat(taken)
                        .extracting(message -> message.path("type").asString())
                        .containsExactly("order.confirmed", "webhook.test");
                assertThat(taken.peek().at("/data/orderNumber").asString()).isEqualTo(order.getOrderNumber());
                assertThat(forged(url)).isEqualTo(401);
                assertThat(taken).hasSize(2);
            } finally {
                server.stop(0);
            }
        }
    }

    @Test
    void everyTypeIsExplainedAndNoOther() throws Exception {
        var explained = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.matches("\\| `[a-z]+\\.[a-z-]+` \\|.*"))
                .map(line -> line.substring(3, line.indexOf('`', 3)));

        assertThat(explained).containsExactlyInAnyOrderElementsOf(WebhookContract.types());
    }

    private static HttpHandler receiver(ClassLoader classes, String secret, Consumer<JsonNode> orders)
            throws Exception {
        return (HttpHandler) classes.loadClass("Receiver")
                .getConstructor(Webhook.class, Set.class, Consumer.class)
                .newInstance(new Webhook(secret), ConcurrentHashMap.newKeySet(), orders);
    }

    private static int forged(String url) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("webhook-id", "01")
                .header("webhook-timestamp", String.valueOf(System.currentTimeMillis() / 1000))
                .header("webhook-signature", "v1,AAAA")
                .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"order.confirmed\"}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}

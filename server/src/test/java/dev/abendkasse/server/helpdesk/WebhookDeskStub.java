package dev.abendkasse.server.helpdesk;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.standardwebhooks.Webhook;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.server.testing.PayPage;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A help desk that takes signed webhooks. */
final class WebhookDeskStub implements AutoCloseable {

    static final String SECRET = secret("first-secret-of-the-tests-0001");
    static final String NEXT_SECRET = secret("next-secret-of-the-tests-00002");

    private static final String PATH = "/abendkasse";

    private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());

    WebhookDeskStub() {
        server.start();
        namesNoTicket();
    }

    Map<String, Object> settings() {
        return new HashMap<>(Map.of(
                "abendkasse.help-desk.kind", "webhook",
                "abendkasse.help-desk.url", server.baseUrl() + PATH,
                "abendkasse.help-desk.secrets", SECRET + "," + NEXT_SECRET,
                "abendkasse.help-desk.with-buyer", "true",
                "abendkasse.help-desk.language", "en",
                "abendkasse.help-desk.time-limit", "10s",
                "abendkasse.outbox.look-every", "200ms",
                "abendkasse.checkout.credit-limit", "0",
                "abendkasse.order.sweep-every", "1h"));
    }

    void namesNoTicket() {
        server.stubFor(post(PATH).willReturn(noContent()));
    }

    void namesTicket(String number) {
        server.stubFor(post(PATH)
                .willReturn(okJson("{\"number\":\"" + number + "\",\"id\":7,\"url\":\"https://help.example.org/7\"}")));
    }

    /** Everything is taken, but the connections break before the answers come. */
    void losesItsAnswers() {
        server.stubFor(post(PATH).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    }

    /** What has come about a case, once there are so many. */
    List<LoggedRequest> received(String caseNumber, int count) throws ApiException {
        return PayPage.await(() -> received(caseNumber), all -> all.size() >= count);
    }

    List<LoggedRequest> received(String caseNumber) {
        return received(body -> body.at("/data/caseNumber").asString("").equals(caseNumber));
    }

    private List<LoggedRequest> received(Predicate<JsonNode> wanted) {
        return server.findAll(postRequestedFor(urlEqualTo(PATH))).stream()
                .filter(request -> wanted.test(json(request)))
                .toList();
    }

    static JsonNode json(LoggedRequest request) {
        return JsonMapper.shared().readTree(request.getBody());
    }

    /** Whether it is signed with that secret, by the library's word. */
    static boolean isSigned(LoggedRequest request, String secret) {
        var headers = new HashMap<String, List<String>>();
        request.getHeaders().all().forEach(header -> headers.put(header.key(), List.copyOf(header.values())));
        try {
            new Webhook(secret).verify(request.getBodyAsString(), headers);
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    static String sign(String id, Instant at, String body, String secret) {
        try {
            return new Webhook(secret).sign(id, at.getEpochSecond(), body);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    private static String secret(String bytes) {
        return "whsec_"
                + Base64.getEncoder().encodeToString(bytes.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}

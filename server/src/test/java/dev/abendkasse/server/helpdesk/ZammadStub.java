package dev.abendkasse.server.helpdesk;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Plays the calls of Zammad's REST API that are needed, with tickets and articles of its own. */
final class ZammadStub implements AutoCloseable {

    static final String TOKEN = "token-of-the-tests";
    static final String SECRET = "signature-token-of-the-tests";
    static final String NEXT_SECRET = "next-signature-token";

    /** Who the token is of. */
    static final int OUR_USER = 17;

    private static final Duration LONG = Duration.ofSeconds(6);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What goes wrong with one call. */
    enum Mishap {
        /** Nothing is done. */
        FAILURE,
        /** It is done, and the connection breaks before the answer comes. */
        LOST_ANSWER,
        /** Nothing is done, and it is not to be tried again soon. */
        BUSY,
        /** Nothing is done, nor ever will be. */
        REFUSAL
    }

    private final List<ObjectNode> tickets = new ArrayList<>();
    private final List<ObjectNode> articles = new ArrayList<>();
    private final Queue<Mishap> mishaps = new ConcurrentLinkedQueue<>();
    private volatile boolean down;

    /** Calls that are left hanging keep a thread each. */
    private final WireMockServer server = new WireMockServer(
            wireMockConfig().dynamicPort().containerThreads(50).extensions(new Calls()));

    ZammadStub() {
        server.start();
        server.stubFor(any(anyUrl()).willReturn(aResponse()));
    }

    /** What makes a server of ours use it. */
    Map<String, Object> settings() {
        return new HashMap<>(Map.ofEntries(
                Map.entry("abendkasse.help-desk.kind", "zammad"),
                Map.entry("abendkasse.help-desk.url", server.baseUrl() + "/"),
                Map.entry("abendkasse.help-desk.token", TOKEN),
                Map.entry("abendkasse.help-desk.secrets", SECRET + "," + NEXT_SECRET),
                Map.entry("abendkasse.help-desk.case-url", "https://office.example.org/cases/"),
                Map.entry("abendkasse.help-desk.zammad.group", "Box office"),
                Map.entry("abendkasse.help-desk.zammad.customer", "box-office@theatre.example"),
                Map.entry("abendkasse.help-desk.time-limit", "3s"),
                Map.entry("abendkasse.outbox.look-every", "200ms"),
                Map.entry("abendkasse.checkout.credit-limit", "0"),
                Map.entry("abendkasse.order.sweep-every", "1h")));
    }

    /** One for each of the next calls that change something. */
    void goesWrong(Mishap... next) {
        mishaps.addAll(List.of(next));
    }

    /** Whether it hangs with every call. */
    void isDown(boolean isDown) {
        down = isDown;
    }

    synchronized List<ObjectNode> ticketsOf(String caseNumber) {
        return tickets.stream()
                .filter(ticket -> ticket.path("title").asString().contains(caseNumber))
                .map(ObjectNode::deepCopy)
                .toList();
    }

    /** What stands in the ticket of a case, the oldest first. */
    synchronized List<ObjectNode> articlesOf(String caseNumber) {
        return ticketsOf(caseNumber).stream()
                .flatMap(ticket -> articlesIn(ticket.path("id").asInt()))
                .map(ObjectNode::deepCopy)
                .toList();
    }

    String baseUrl() {
        return server.baseUrl();
    }

    @Override
    public void close() {
        server.stop();
    }

    private Stream<ObjectNode> articlesIn(int ticket) {
        return articles.stream().filter(article -> article.path("ticket_id").asInt() == ticket);
    }

    private final class Calls implements ResponseDefinitionTransformerV2 {

        @Override
        public String getName() {
            return "zammad";
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            var request = event.getRequest();
            if (down) {
                return aResponse()
                        .withStatus(200)
                        .withFixedDelay((int) LONG.toMillis())
                        .build();
            }
            if (!("Token token=" + TOKEN).equals(request.getHeader("Authorization"))) {
                return aResponse().withStatus(401).build();
            }
            var mishap = request.getMethod().value().equals("GET") ? null : mishaps.poll();
            return switch (mishap) {
                case null -> answer(request).build();
                case FAILURE -> aResponse().withStatus(500).build();
                case LOST_ANSWER -> {
                    answer(request);
                    yield aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER).build();
                }
                case BUSY ->
                    aResponse().withStatus(429).withHeader("Retry-After", "900").build();
                case REFUSAL -> aResponse().withStatus(422).build();
            };
        }

        private ResponseDefinitionBuilder answer(Request request) {
            synchronized (ZammadStub.this) {
                var path = request.getUrl().replaceFirst("\\?.*", "").replaceFirst("^/api/v1/", "");
                return json(
                        switch (request.getMethod().value() + " " + path.replaceAll("/\\d+$", "/#")) {
                            case "POST tickets" -> createTicket(body(request));
                            case "GET tickets/search" ->
                                found(request.queryParameter("query").firstValue());
                            case "POST ticket_articles" -> createArticle(body(request));
                            case "GET ticket_articles/by_ticket/#" ->
                                JSON.createArrayNode()
                                        .addAll(articlesIn(idIn(path)).toList());
                            case "PUT tickets/#" -> update(ticket(idIn(path)), body(request));
                            default -> throw new IllegalArgumentException(path);
                        });
            }
        }

        private JsonNode found(String word) {
            var all = tickets.stream()
                    .filter(ticket -> ticket.path("title").asString().contains(word)
                            || articlesIn(ticket.path("id").asInt())
                                    .anyMatch(one -> one.path("body").asString().contains(word)));
            return JSON.createArrayNode().addAll(all.toList());
        }

        private ObjectNode createTicket(ObjectNode asked) {
            var ticket = JSON.createObjectNode();
            ticket.put("id", 40 + tickets.size());
            ticket.put("number", Integer.toString(31_000 + tickets.size()));
            ticket.put("state", "new");
            ticket.put("created_by_id", OUR_USER);
            List.of("title", "group", "customer_id").forEach(member -> ticket.set(member, asked.get(member)));
            tickets.add(ticket);
            add(ticket, asked.path("article"));
            return ticket;
        }

        private ObjectNode createArticle(ObjectNode asked) {
            return add(ticket(asked.path("ticket_id").asInt()), asked);
        }

        private ObjectNode update(ObjectNode ticket, ObjectNode asked) {
            ticket.set("state", asked.get("state"));
            ticket.put("updated_by_id", OUR_USER);
            add(ticket, asked.path("article"));
            return ticket;
        }

        private ObjectNode add(ObjectNode ticket, JsonNode asked) {
            var article = JSON.createObjectNode();
            article.setAll((ObjectNode) asked);
            article.put("id", 4700 + articles.size());
            article.put("ticket_id", ticket.path("id").asInt());
            article.put("created_by_id", OUR_USER);
            articles.add(article);
            ticket.set(
                    "article_ids",
                    JSON.valueToTree(articlesIn(ticket.path("id").asInt())
                            .map(one -> one.path("id").asInt())
                            .toList()));
            return article;
        }

        private ObjectNode ticket(int id) {
            return tickets.stream()
                    .filter(ticket -> ticket.path("id").asInt() == id)
                    .findFirst()
                    .orElseThrow();
        }

        private static int idIn(String path) {
            return Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        }

        private static ObjectNode body(Request request) {
            return (ObjectNode) JSON.readTree(request.getBody());
        }

        private static ResponseDefinitionBuilder json(JsonNode body) {
            return aResponse().withHeader("Content-Type", "application/json").withBody(body.toString());
        }
    }
}

package dev.abendkasse.server.helpdesk.zammad;

import dev.abendkasse.server.helpdesk.HelpDeskChoice;
import dev.abendkasse.server.helpdesk.HelpDeskProperties;
import dev.abendkasse.server.helpdesk.http.DeskCalls;
import dev.abendkasse.server.outbox.TryLater;
import java.time.Duration;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls of Zammad's REST API that are needed (docs.zammad.org, "REST API": tickets and articles; authentication by HTTP token), as
 * they are since Zammad 5.
 */
@Component
@Conditional(HelpDeskChoice.Zammad.class)
class ZammadApi {

    private static final int MOST_FOUND = 50;

    private final WebClient http;
    private final DeskCalls calls;
    private final String base;
    private final String token;

    ZammadApi(@Qualifier("helpDeskHttp") WebClient http, DeskCalls calls, HelpDeskProperties properties) {
        this.http = http;
        this.calls = calls;
        this.base = properties.address().toString().replaceFirst("/+$", "");
        this.token = "Token token=" + properties.accessToken();
    }

    /** Where agents find a ticket. */
    String pageOf(String ticketId) {
        return base + "/#ticket/zoom/" + ticketId;
    }

    /** Tickets in which the word is found, in their titles or elsewhere. */
    Mono<JsonNode> search(String word) {
        var address = UriComponentsBuilder.fromUriString(base + "/api/v1/tickets/search")
                .queryParam("query", word)
                .queryParam("limit", MOST_FOUND)
                .queryParam("expand", true)
                .build()
                .toUri();
        return answer(calls.send(authorized(http.get().uri(address))));
    }

    Mono<JsonNode> articlesOf(String ticketId) {
        var request = http.get().uri(base + "/api/v1/ticket_articles/by_ticket/{ticket}", ticketId);
        return answer(calls.sendAboutKnown(authorized(request)));
    }

    Mono<JsonNode> createTicket(Map<String, Object> ticket) {
        return answer(
                calls.send(authorized(http.post().uri(base + "/api/v1/tickets").bodyValue(ticket))));
    }

    Mono<JsonNode> createArticle(Map<String, Object> article) {
        var request = http.post().uri(base + "/api/v1/ticket_articles").bodyValue(article);
        return answer(calls.sendAboutKnown(authorized(request)));
    }

    Mono<JsonNode> updateTicket(String ticketId, Map<String, Object> change) {
        var request =
                http.put().uri(base + "/api/v1/tickets/{ticket}", ticketId).bodyValue(change);
        return answer(calls.sendAboutKnown(authorized(request)));
    }

    private RequestHeadersSpec<?> authorized(RequestHeadersSpec<?> request) {
        return request.header(HttpHeaders.AUTHORIZATION, token);
    }

    private static Mono<JsonNode> answer(Mono<String> body) {
        return body.map(ZammadApi::parse);
    }

    /** A page of a proxy's, say, is no answer. */
    private static JsonNode parse(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw TryLater.notBefore("The help desk's answer is no JSON", Duration.ZERO);
        }
    }
}

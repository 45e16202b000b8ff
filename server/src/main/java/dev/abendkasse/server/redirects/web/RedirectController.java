package dev.abendkasse.server.redirects.web;

import dev.abendkasse.api.RedirectsApi;
import dev.abendkasse.api.model.RedirectedCheckoutPage;
import dev.abendkasse.api.model.RedirectedCheckoutSearch;
import dev.abendkasse.server.redirects.RedirectSearches;
import dev.abendkasse.server.redirects.domain.RedirectedCheckout;
import dev.abendkasse.server.security.Caller;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Languages;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class RedirectController implements RedirectsApi {

    private static final String BACK_OFFICE = "back-office";

    private final RedirectSearches searches;
    private final RedirectMapper mapper;
    private final Commands commands;

    RedirectController(RedirectSearches searches, RedirectMapper mapper, Commands commands) {
        this.searches = searches;
        this.mapper = mapper;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<RedirectedCheckoutPage>> searchRedirectedCheckouts(
            Mono<RedirectedCheckoutSearch> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.current(), this::find)
                .flatMap(commands::run)
                .map(page -> mapper.toPage(page, Languages.of(exchange.getRequest())))
                .map(ResponseEntity::ok);
    }

    private Mono<Page<RedirectedCheckout>> find(RedirectedCheckoutSearch search, Caller caller) {
        return switch (caller) {
            case Caller.Staff(var name, var scopes) -> find(search, name, scopes);
            case Caller.Client(var id, var scopes) -> find(search, id, scopes);
            case Caller.Customer _, Caller.Anonymous _ -> throw new ProblemException(ProblemType.FORBIDDEN);
        };
    }

    private Mono<Page<RedirectedCheckout>> find(RedirectedCheckoutSearch search, String by, Set<String> scopes) {
        var backOffice = scopes.contains(BACK_OFFICE);
        return searches.find(RedirectSearchMapper.toDomain(search, backOffice), by, backOffice);
    }
}

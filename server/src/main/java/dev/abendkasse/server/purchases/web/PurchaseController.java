package dev.abendkasse.server.purchases.web;

import dev.abendkasse.api.PurchasesApi;
import dev.abendkasse.api.model.PurchasePage;
import dev.abendkasse.api.model.PurchaseSearch;
import dev.abendkasse.server.purchases.PurchaseSearches;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.web.Commands;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class PurchaseController implements PurchasesApi {

    private final PurchaseSearches searches;
    private final Commands commands;

    PurchaseController(PurchaseSearches searches, Commands commands) {
        this.searches = searches;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<PurchasePage>> searchPurchases(Mono<PurchaseSearch> body, ServerWebExchange exchange) {
        return body.zipWith(Callers.name(), PurchaseSearchMapper::toSearch)
                .flatMap(search -> commands.run(searches.find(search)))
                .map(PurchasePages::toPage)
                .map(ResponseEntity::ok);
    }
}

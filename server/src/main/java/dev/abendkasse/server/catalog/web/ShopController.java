package dev.abendkasse.server.catalog.web;

import dev.abendkasse.api.ShopsApi;
import dev.abendkasse.api.model.Shop;
import dev.abendkasse.api.model.ShopPage;
import dev.abendkasse.api.model.ShopSettings;
import dev.abendkasse.server.catalog.ShopService;
import dev.abendkasse.server.catalog.domain.Cursor;
import dev.abendkasse.server.security.Callers;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class ShopController implements ShopsApi {

    private final ShopService shops;
    private final Commands commands;

    ShopController(ShopService shops, Commands commands) {
        this.shops = shops;
        this.commands = commands;
    }

    @Override
    public Mono<ResponseEntity<ShopPage>> listShops(
            @Nullable String cursor, Integer limit, ServerWebExchange exchange) {
        var after = Cursors.read(cursor, Cursor::afterText).orElse("");
        return shops.list(after, limit).map(ShopMapper::toPage).map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<Shop>> getShop(String shopId, ServerWebExchange exchange) {
        return shops.byId(shopId)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.SHOP_NOT_FOUND)))
                .map(shop -> answer(HttpStatus.OK, shop));
    }

    @Override
    public Mono<ResponseEntity<Shop>> putShop(
            String shopId, Mono<ShopSettings> body, @Nullable String ifMatch, ServerWebExchange exchange) {
        var version = Headers.version(ifMatch);
        return body.map(ShopMapper::toSettings)
                .zipWith(
                        Callers.name(),
                        (settings, by) -> version == null
                                ? shops.add(shopId, settings, by)
                                : shops.replace(shopId, version, settings, by))
                .flatMap(commands::run)
                .map(shop -> answer(version == null ? HttpStatus.CREATED : HttpStatus.OK, shop));
    }

    private static ResponseEntity<Shop> answer(HttpStatus status, dev.abendkasse.server.catalog.Shop shop) {
        return ResponseEntity.status(status).eTag(Headers.etag(shop.version())).body(ShopMapper.toContract(shop));
    }
}

package dev.abendkasse.server.cart.web;

import dev.abendkasse.api.CartsApi;
import dev.abendkasse.api.model.Buyer;
import dev.abendkasse.api.model.Cart;
import dev.abendkasse.api.model.CartCreation;
import dev.abendkasse.api.model.ItemChange;
import dev.abendkasse.api.model.ItemSelection;
import dev.abendkasse.server.cart.CartService;
import dev.abendkasse.server.cart.domain.CartResult;
import dev.abendkasse.server.shared.CartId;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.CartViews;
import dev.abendkasse.server.web.Commands;
import dev.abendkasse.server.web.Headers;
import dev.abendkasse.server.web.Repeats;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

@RestController
class CartController implements CartsApi {

    private static final String CART_TOKEN = "Cart-Token";
    private static final String MAIN_SHOP = "main";

    private final CartService carts;
    private final CartMapper mapper;
    private final CartViews views;
    private final Commands commands;
    private final Repeats repeats;

    CartController(CartService carts, CartMapper mapper, CartViews views, Commands commands, Repeats repeats) {
        this.carts = carts;
        this.mapper = mapper;
        this.views = views;
        this.commands = commands;
        this.repeats = repeats;
    }

    @Override
    public Mono<ResponseEntity<Cart>> createCart(
            Mono<CartCreation> body, @Nullable UUID idempotencyKey, ServerWebExchange exchange) {
        return body.zipWith(Headers.customer(exchange))
                .flatMap(both -> commands.run(create(both.getT1(), both.getT2(), idempotencyKey)))
                .map(this::created);
    }

    private Mono<CartResult> create(CartCreation request, Optional<CustomerId> customer, @Nullable UUID key) {
        var caller = customer.map(CustomerId::value).map(UUID::toString).orElse("anonymous");
        return carts.create(
                Objects.requireNonNullElse(request.getShopId(), MAIN_SHOP),
                customer.orElse(null),
                mapper.toSelection(request.getItems(), "#/items"),
                mapper.toBuyer(request.getBuyer()),
                repeats.ifGiven("createCart:" + caller, key, request));
    }

    @Override
    public Mono<ResponseEntity<Cart>> addItems(
            UUID cartId,
            Mono<ItemSelection> body,
            @Nullable String ifMatch,
            @Nullable UUID idempotencyKey,
            ServerWebExchange exchange) {
        var token = Headers.secret(exchange, CART_TOKEN);
        return body.flatMap(request -> commands.run(carts.addItems(
                        new CartId(cartId),
                        token,
                        Headers.version(ifMatch),
                        mapper.toRequiredSelection(request),
                        repeats.ifGiven("addItems:" + cartId, idempotencyKey, request, ifMatch))))
                .map(this::changed);
    }

    @Override
    public Mono<ResponseEntity<Cart>> changeItem(
            UUID cartId, UUID itemId, Mono<ItemChange> body, @Nullable String ifMatch, ServerWebExchange exchange) {
        var token = Headers.secret(exchange, CART_TOKEN);
        return body.flatMap(request -> commands.run(carts.changeItem(
                        new CartId(cartId), token, Headers.version(ifMatch), itemId, request.getPriceType())))
                .map(this::changed);
    }

    @Override
    public Mono<ResponseEntity<Cart>> removeItem(
            UUID cartId, UUID itemId, @Nullable String ifMatch, ServerWebExchange exchange) {
        var token = Headers.secret(exchange, CART_TOKEN);
        return commands.run(carts.removeItem(new CartId(cartId), token, Headers.version(ifMatch), itemId))
                .map(this::changed);
    }

    @Override
    public Mono<ResponseEntity<Cart>> setBuyer(
            UUID cartId, Mono<Buyer> body, @Nullable String ifMatch, ServerWebExchange exchange) {
        var token = Headers.secret(exchange, CART_TOKEN);
        return body.flatMap(buyer -> commands.run(carts.setBuyer(
                        new CartId(cartId), token, Headers.version(ifMatch), mapper.toRequiredBuyer(buyer))))
                .map(this::changed);
    }

    @Override
    public Mono<ResponseEntity<Cart>> abandonCart(UUID cartId, @Nullable String ifMatch, ServerWebExchange exchange) {
        var token = Headers.secret(exchange, CART_TOKEN);
        return commands.run(carts.abandon(new CartId(cartId), token, Headers.version(ifMatch)))
                .map(this::changed);
    }

    @Override
    public Mono<ResponseEntity<Cart>> getCart(UUID cartId, ServerWebExchange exchange) {
        return carts.find(new CartId(cartId), Headers.secret(exchange, CART_TOKEN))
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.CART_NOT_FOUND)))
                .map(views::answer);
    }

    private ResponseEntity<Cart> created(CartResult result) {
        var cart = mapper.changedOrProblem(result, "#/items");
        return views.created(cart, carts.tokenOf(cart.cartId()));
    }

    private ResponseEntity<Cart> changed(CartResult result) {
        return views.answer(mapper.changedOrProblem(result, "#"));
    }
}

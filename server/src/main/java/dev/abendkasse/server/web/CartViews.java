package dev.abendkasse.server.web;

import dev.abendkasse.api.model.Cart;
import dev.abendkasse.api.model.CartState;
import dev.abendkasse.server.shared.CartView;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Shows carts as the contract has them. */
@Component
public class CartViews {

    private final String currency;

    CartViews(@Value("${abendkasse.currency:EUR}") String currency) {
        this.currency = currency;
    }

    /** The answer to whoever has the cart's secret already. */
    public ResponseEntity<Cart> answer(CartView cart) {
        return answer(HttpStatus.OK, toContract(cart));
    }

    /** The answer that makes a cart: the only one that carries its secret. */
    public ResponseEntity<Cart> created(CartView cart, String token) {
        return answer(HttpStatus.CREATED, toContract(cart).cartToken(token));
    }

    public Cart toContract(CartView cart) {
        var items = cart.items().stream().map(PurchaseMapper::toContract).toList();
        return new Cart()
                .cartId(cart.cartId())
                .shopId(cart.shopId())
                .state(CartState.valueOf(cart.state().name()))
                .version(cart.version())
                .pickupCode(cart.pickupCode())
                .expiresAt(cart.expiresAt())
                .items(items)
                .total(PurchaseMapper.total(cart.items(), currency))
                .buyer(PurchaseMapper.toContract(cart.buyer()));
    }

    private static ResponseEntity<Cart> answer(HttpStatus status, Cart cart) {
        return ResponseEntity.status(status)
                .eTag(Headers.etag(cart.getVersion()))
                .body(cart);
    }
}

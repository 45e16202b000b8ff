package dev.abendkasse.server.customer;

import dev.abendkasse.server.customer.domain.AccountCommand.CartRef;
import dev.abendkasse.server.secret.Secrets;
import java.util.UUID;

/** The cart that somebody who signs in is in the middle of. */
public record LoginCart(UUID cartId, String token) {

    CartRef reference(Secrets secrets) {
        return new CartRef(cartId, secrets.hexHash(token));
    }
}

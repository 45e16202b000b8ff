package dev.abendkasse.server.silence;

import java.util.List;
import java.util.UUID;

/**
 * A cart as whoever made it sees it.
 *
 * @param version of the cart at the last look
 */
record Purchase(
        Person person, Way way, UUID cartId, String token, long version, String pickupCode, List<String> items) {

    private static final String JSON = "application/json";

    String path() {
        return "/v1/carts/" + cartId;
    }

    RawRequest checkOut(UUID key) {
        var request = to(RawRequest.post(path() + "/checkout", way.body(person)))
                .with("Idempotency-Key", key.toString())
                .with("If-Match", "\"" + version + "\"");
        return person.hasAccount() ? request.with("Authorization", "Bearer " + person.accessToken()) : request;
    }

    RawRequest look() {
        return to(RawRequest.get(path()));
    }

    RawRequest giveUp() {
        return look().method("DELETE");
    }

    RawRequest add(UUID performance) {
        return to(RawRequest.post(
                path() + "/items", "{\"performanceId\":\"" + performance + "\",\"category\":\"ga\",\"quantity\":1}"));
    }

    RawRequest name() {
        return to(RawRequest.post(path() + "/buyer", person.asBuyer())).method("PUT");
    }

    RawRequest makeCheaper() {
        return to(RawRequest.post(item(), "{\"priceType\":\"reduced\"}")).method("PATCH");
    }

    RawRequest remove() {
        return to(RawRequest.get(item())).method("DELETE");
    }

    Purchase at(long newVersion) {
        return new Purchase(person, way, cartId, token, newVersion, pickupCode, items);
    }

    private String item() {
        return path() + "/items/" + items.getFirst();
    }

    private RawRequest to(RawRequest request) {
        return request.with("Accept", JSON).with("Cart-Token", token);
    }
}

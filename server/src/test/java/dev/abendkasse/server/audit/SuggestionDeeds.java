package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.BlacklistSuggestion;
import dev.abendkasse.office.model.BlacklistSuggestionNote;
import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.CheckoutRequest;
import dev.abendkasse.server.testing.Theatre;
import java.util.Map;
import java.util.UUID;

/** What staff look at before they block somebody, and that they decide not to. */
record SuggestionDeeds(Theatre theatre, AbendkasseOfficeClient office) {

    private static final int PURCHASES = 5;

    private static final String EVERYTHING_CAME_BACK = """
            insert into refund (order_id, amount, currency, reason, state, cause, requested_by)
            select order_id, 5000, 'EUR', 'BUYER_REQUEST', 'BY_HAND', 'test', 'buyer' from orders
             where buyer ->> 'email' = '%s'
            """;

    Map<String, Deed> all() {
        return Map.of(
                "listBlacklistSuggestions",
                Deed.once(() -> () -> office.blacklistSuggestions().listBlacklistSuggestions(null, null)),
                "getBlacklistSuggestion",
                Deed.once(() -> {
                    var id = suggested().getSuggestionId();
                    return () -> office.blacklistSuggestions().getBlacklistSuggestion(id);
                }),
                "dismissBlacklistSuggestion",
                Deed.once(() -> {
                    var suggestion = suggested();
                    return () -> office.blacklistSuggestions()
                            .dismissBlacklistSuggestion(
                                    suggestion.getSuggestionId(),
                                    "\"" + suggestion.getVersion() + "\"",
                                    new BlacklistSuggestionNote().note("A school"));
                }));
    }

    private BlacklistSuggestion suggested() throws ApiException {
        var email = "regular-" + UUID.randomUUID() + "@example.org";
        for (int i = 0; i < PURCHASES; i++) {
            var cart = theatre.hold(theatre.best("free", 1));
            var request = new CheckoutRequest().buyer(Theatre.buyer(email));
            Theatre.checkOut(theatre.shop(), cart, UUID.randomUUID(), request);
        }
        Theatre.execute(theatre.db(), EVERYTHING_CAME_BACK.formatted(email));
        return office.blacklistSuggestions().listBlacklistSuggestions(null, null).getItems().stream()
                .filter(suggestion -> email.equals(suggestion.getEmail()))
                .findFirst()
                .orElseThrow();
    }
}

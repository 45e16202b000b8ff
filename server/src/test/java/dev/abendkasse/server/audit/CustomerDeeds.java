package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.CustomerLockReason;
import dev.abendkasse.office.model.CustomerSearch;
import dev.abendkasse.office.model.ErasureRequest;
import dev.abendkasse.office.model.GuestErasureRequest;
import dev.abendkasse.office.model.MergePair;
import dev.abendkasse.office.model.MergeRequest;
import dev.abendkasse.server.testing.Theatre;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What staff do with customers' accounts. */
record CustomerDeeds(Theatre theatre, AbendkasseOfficeClient office) {

    /** A request about a customer. */
    private interface Work {

        Object on(UUID customer) throws Exception;
    }

    Map<String, Deed> all() {
        var all = new HashMap<>(ending());
        all.putAll(letting());
        return all;
    }

    private Map<String, Deed> ending() {
        return Map.of(
                "previewMerge",
                Deed.once(() -> {
                    var pair = new MergePair().survivorId(customer("'none'")).loserId(customer("'none'"));
                    return () -> office.customerMerges().previewMerge(pair);
                }),
                "mergeCustomers",
                Deed.repeatable(() -> {
                    var pair = new MergePair().survivorId(customer("'none'")).loserId(customer("'none'"));
                    var request = new MergeRequest()
                            .survivorId(pair.getSurvivorId())
                            .loserId(pair.getLoserId())
                            .digest(office.customerMerges().previewMerge(pair).getDigest())
                            .reason("Test");
                    var key = UUID.randomUUID();
                    return () -> office.customerMerges().mergeCustomers(key, request);
                }),
                "eraseCustomer",
                Deed.repeatable(() -> {
                    var customer = customer("'none'");
                    return () -> office.erasures().eraseCustomer(customer, new ErasureRequest().reason("Test"));
                }),
                "eraseGuest",
                Deed.once(() -> {
                    var request = new GuestErasureRequest()
                            .email("guest-" + UUID.randomUUID() + "@example.org")
                            .proof("Passport")
                            .reason("Test");
                    return () -> office.erasures().eraseGuest(request);
                }));
    }

    private Map<String, Deed> letting() {
        var reason = new CustomerLockReason().reason("Test");
        return Map.of(
                "searchCustomers",
                Deed.once(() ->
                        () -> office.customers().searchCustomers(new CustomerSearch().email("nobody@example.org"))),
                "getCustomer",
                with("'none'", customer -> office.customers().getCustomer(customer)),
                "lockCustomer",
                Deed.repeatable(() -> {
                    var customer = customer("'none'");
                    return () -> office.customers().lockCustomer(customer, reason);
                }),
                "unlockCustomer",
                Deed.repeatable(() -> {
                    var customer = customer("'none'");
                    office.customers().lockCustomer(customer, reason);
                    return () -> office.customers().unlockCustomer(customer, reason);
                }),
                "sendClaim",
                with("null", customer -> office.customers().sendClaim(customer)),
                "sendReset",
                with("'none'", customer -> office.customers().sendReset(customer)));
    }

    private Deed with(String hash, Work work) {
        return Deed.once(() -> {
            var customer = customer(hash);
            return () -> work.on(customer);
        });
    }

    private UUID customer(String hash) {
        return theatre.value("""
                with made as (
                    insert into customer (name, password_hash) values ('Example', %s) returning customer_id)
                insert into customer_email (customer_id, email, canonical, match_key)
                select customer_id, customer_id || '@example.org', customer_id || '@example.org',
                       sha256(customer_id::text::bytea) from made
                returning customer_id
                """.formatted(hash), UUID.class);
    }
}

package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.CustomerLockReason;
import dev.abendkasse.office.model.CustomerSearch;
import dev.abendkasse.server.testing.Theatre;
import java.util.Map;
import java.util.UUID;

/** What staff do with customers' accounts. */
record CustomerDeeds(Theatre theatre, AbendkasseOfficeClient office) {

    /** A request about a customer. */
    private interface Work {

        Object on(UUID customer) throws Exception;
    }

    Map<String, Deed> all() {
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

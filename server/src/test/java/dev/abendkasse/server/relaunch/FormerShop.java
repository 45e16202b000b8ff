package dev.abendkasse.server.relaunch;

import dev.abendkasse.server.passwords.Vector;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Customers as an import leaves them. */
record FormerShop(Theatre theatre, String name) {

    /** A weak hash by another implementation, and its password. */
    static final Vector WEAK = Vector.formats()
            .filter(vector -> vector.format().equals("md5-salt-first"))
            .findAny()
            .orElseThrow();

    String customer() {
        var email = "former-" + UUID.randomUUID() + "@example.org";
        var customer =
                new Buyers(theatre.server(), theatre.db()).customer(email).value();
        Theatre.execute(
                theatre.db(), "update customer set password_hash = null where customer_id = '" + customer + "'");
        Theatre.execute(
                theatre.db(),
                "insert into legacy_customer (source, source_id, customer_id) values ('" + name + "', '" + customer
                        + "', '" + customer + "')");
        return email;
    }

    String sealed() {
        var email = customer();
        seal(email, WEAK.stored().text());
        return email;
    }

    /** So many at once, without addresses: nobody signs in with them. */
    void sealed(int number) {
        var sealed = theatre.server()
                .bean(Secrets.class)
                .encrypt("sealed-hash", WEAK.stored().text().getBytes(StandardCharsets.UTF_8));
        Awaited.of(theatre.db()
                .sql("with made as (insert into customer (name, sealed_hash) select 'Example', :sealed"
                        + " from generate_series(1, :number) returning customer_id)"
                        + " insert into legacy_customer (source, source_id, customer_id)"
                        + " select '" + name + "', customer_id::text, customer_id from made")
                .bind("sealed", sealed)
                .bind("number", number)
                .then());
    }

    void seal(String email, String hash) {
        var sealed = theatre.server().bean(Secrets.class).encrypt("sealed-hash", hash.getBytes(StandardCharsets.UTF_8));
        Awaited.of(theatre.db()
                .sql("update customer set password_hash = null, sealed_hash = :sealed where " + is(email))
                .bind("sealed", sealed)
                .then());
    }

    static String is(String email) {
        return "customer_id = (select customer_id from customer_email where canonical = '" + email + "')";
    }
}

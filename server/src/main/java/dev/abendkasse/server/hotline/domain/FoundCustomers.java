package dev.abendkasse.server.hotline.domain;

import java.util.List;

/**
 * Who was found.
 *
 * @param complete whether nobody else matches but those on further pages
 * @param guestOrders how many orders without an account have the address
 */
public record FoundCustomers(List<CustomerHit> hits, boolean complete, int guestOrders) {

    public FoundCustomers {
        hits = List.copyOf(hits);
    }
}

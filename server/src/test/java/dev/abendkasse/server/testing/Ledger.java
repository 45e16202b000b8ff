package dev.abendkasse.server.testing;

import java.util.UUID;

/** What is written down of one order's money. */
public record Ledger(Theatre theatre, UUID order) {

    /** What it has brought in, less what went back. */
    public long balance() {
        return theatre.count("select balance_of('" + order + "')");
    }

    /** State, amount and reason of each refund, in their order. */
    public String refunds() {
        return text(
                "select coalesce(string_agg(concat_ws(' ', state, amount, reason), ', ' order by created_at), 'none')"
                        + " from refund where " + isOurs());
    }

    /** Kind, state and amount of each case, in their order. */
    public String cases() {
        return text("select coalesce(string_agg(concat_ws(' ', kind, state, amount), ', ' order by created_at), 'none')"
                + " from case_file where " + isOurs());
    }

    /** How many refunds of its payments stand in the sandbox's books, where it shares the database. */
    public long refundsMade() {
        return theatre.count("select count(*) from sandbox_refund join payment using (payment_id) where " + isOurs());
    }

    public long validTickets() {
        return theatre.count("select count(*) from ticket where revoked_at is null and " + isOurs());
    }

    public long messages(String kind) {
        return theatre.count(
                "select count(*) from outbox_message where kind = '" + kind + "' and key like '%" + order + "%'");
    }

    private String isOurs() {
        return "order_id = '" + order + "'";
    }

    private String text(String sql) {
        return Awaited.of(theatre.db().sql(sql).mapValue(String.class).one());
    }
}

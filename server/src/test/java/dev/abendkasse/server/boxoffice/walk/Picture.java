package dev.abendkasse.server.boxoffice.walk;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is to choose from, in the order in which it came.
 *
 * @param unseen kinds and states out of which a way has not been walked yet
 */
record Picture(
        List<Cart> carts,
        List<Order> orders,
        List<Payment> payments,
        List<Hijack> hijacks,
        List<Link> links,
        List<Refund> refunds,
        List<Seat> free,
        List<Case> cases,
        List<Account> accounts,
        List<UUID> blocks,
        Set<String> unseen,
        List<UUID> changes) {

    /** Something of which there are several in every state. */
    interface Stateful {
        String state();
    }

    /** Whether this world has not seen yet all that can become of things in this state. */
    boolean isNews(Stateful thing) {
        return unseen.contains(thing.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " " + thing.state());
    }

    /** @param past whether its time has passed, swept or not */
    record Cart(
            UUID id,
            String code,
            String state,
            long version,
            @Nullable UUID customer,
            boolean past,
            List<UUID> items) implements Stateful {

        boolean open() {
            return state.equals("OPEN") && !past;
        }

        boolean filled() {
            return open() && !items.isEmpty();
        }
    }

    /**
     * @param clerk who has it or had it last
     * @param givesBack whether it can be what it was before it came to the box office
     */
    record Order(
            UUID id,
            String state,
            String paymentStatus,
            long version,
            String token,
            long total,
            long balance,
            boolean past,
            @Nullable UUID cart,
            @Nullable String clerk,
            long fence,
            boolean leased,
            boolean givesBack,
            @Nullable UUID customer,
            boolean processing,
            boolean review,
            List<UUID> items)
            implements Stateful {

        long owed() {
            return Math.max(0, total - balance);
        }

        boolean is(String... states) {
            return List.of(states).contains(state);
        }

        boolean waits() {
            return is("AWAITING_PAYMENT", "RESERVED", "UNDER_REVIEW") && !past;
        }

        boolean atTheDesk() {
            return is("AT_BOX_OFFICE");
        }
    }

    /** @param succeeded how much the provider said that it has taken */
    record Payment(
            UUID id,
            UUID order,
            String state,
            long amount,
            boolean opened,
            @Nullable Long succeeded,
            List<Dispute> disputes)
            implements Stateful {}

    record Dispute(String subject, String state) {}

    record Hijack(
            UUID id,
            String state,
            @Nullable UUID cart,
            @Nullable UUID order,
            String clerk,
            boolean past) implements Stateful {}

    record Link(UUID id, String state, String token, long amount) implements Stateful {}

    record Refund(UUID id, String state) implements Stateful {}

    record Seat(UUID performance, String seat) {}

    /** @param amount what the order comes to, or the limit that is asked for */
    record Case(String number, String kind, String state, long version, long amount) implements Stateful {

        boolean open() {
            return state.equals("OPEN") || state.equals("WAITING_FOR_CUSTOMER");
        }

        boolean is(String... kinds) {
            return List.of(kinds).contains(kind);
        }
    }

    record Account(UUID customer, long version, long exposure) {}
}

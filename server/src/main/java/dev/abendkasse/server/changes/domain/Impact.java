package dev.abendkasse.server.changes.domain;

import dev.abendkasse.server.shared.Item.Price;

/**
 * Whom a change would hit, counted at one instant.
 *
 * @param refund what would go back
 * @param byHand what of it people would have to transfer or hand over
 */
public record Impact(
        int openCarts,
        int unpaidOrders,
        int underReview,
        int confirmed,
        int tickets,
        int links,
        Price refund,
        Price byHand) {}

package dev.abendkasse.server.newsletter.domain;

import java.util.List;

/**
 * Who would get an issue now.
 *
 * @param sender whose name stands under it
 * @param open whether one can be sent: not while an import has rows that nobody has explained
 */
public record Reach(long recipients, List<LeftOut> leftOut, boolean open, String sender) {}

package dev.abendkasse.server.access.domain;

import java.util.List;
import java.util.UUID;

/**
 * What a partner may sell.
 *
 * @param version that of the program's account
 */
public record AllotmentView(long version, boolean everything, List<UUID> eventIds, List<UUID> performanceIds) {}

package dev.abendkasse.server.live.domain;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event as it was noted.
 *
 * @param seq its place in the order of all events
 * @param topic the performance or cart that it is about
 * @param news what has become of a cart; null when it is about seats
 * @param places which places may show another state
 */
public record LiveEvent(long seq, UUID topic, @Nullable CartNews news, List<Integer> places) {}

package dev.abendkasse.server.newsletter.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The same as the customer sees it.
 *
 * @param addressConfirmed without that nothing is sent there
 */
public record OwnStanding(NewsletterState state, @Nullable Instant since, String email, boolean addressConfirmed) {}

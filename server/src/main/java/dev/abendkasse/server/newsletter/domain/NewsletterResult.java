package dev.abendkasse.server.newsletter.domain;

import dev.abendkasse.server.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What became of something that staff or customers wanted. */
public sealed interface NewsletterResult<T> {

    record Done<T>(T result) implements NewsletterResult<T> {}

    /**
     * Nothing was changed.
     *
     * @param position of several things the one that is at fault, from 0; null when it is the whole
     */
    record Refused<T>(ProblemType problem, @Nullable Integer position) implements NewsletterResult<T> {}
}

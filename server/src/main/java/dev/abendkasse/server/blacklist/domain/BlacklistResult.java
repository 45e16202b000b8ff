package dev.abendkasse.server.blacklist.domain;

import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;

/** What became of a wish to block somebody, to look at what that would do, or to change a block. */
public sealed interface BlacklistResult<T> {

    record Done<T>(T result) implements BlacklistResult<T> {}

    /**
     * Nothing was changed.
     *
     * @param orders the numbers of those that somebody has to decide on
     */
    record Refused<T>(ProblemType problem, List<String> orders) implements BlacklistResult<T> {}
}

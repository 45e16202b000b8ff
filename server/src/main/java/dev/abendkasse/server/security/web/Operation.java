package dev.abendkasse.server.security.web;

import java.util.List;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.pattern.PathPattern;

/**
 * An operation of the contract and who may call it.
 *
 * @param alternatives any one of them will do
 */
record Operation(HttpMethod method, PathPattern path, List<Alternative> alternatives) {

    /**
     * One way to be let in. Secrets of carts, orders and links are not told here: the use case checks them.
     *
     * @param needsSecret whether a cart, an order or the like guards it by a secret of its own
     * @param scopes all of them are needed
     */
    record Alternative(boolean needsToken, boolean needsSecret, Set<String> scopes) {

        boolean admits(Set<String> held) {
            return held.containsAll(scopes);
        }
    }

    /** Whether an access token says anything here; elsewhere it is not even read. */
    boolean readsToken() {
        return alternatives.stream().anyMatch(Alternative::needsToken);
    }

    /** Whether the answer is the same for everyone who asks. */
    boolean isPublic() {
        return alternatives.stream().noneMatch(one -> one.needsToken() || one.needsSecret());
    }

    boolean isOpen() {
        return alternatives.stream().anyMatch(one -> !one.needsToken());
    }

    boolean admits(Set<String> scopes) {
        return alternatives.stream().anyMatch(one -> one.admits(scopes));
    }

    /** The scopes that would have done, for people to read. */
    String wanted() {
        return String.join(
                " ",
                alternatives.stream()
                        .flatMap(one -> one.scopes().stream())
                        .distinct()
                        .sorted()
                        .toList());
    }
}

package dev.abendkasse.server.shared.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a request with a {@link ProblemType}. Expected business outcomes are return values, not this. */
public final class ProblemException extends RuntimeException {

    private final ProblemType type;
    private final List<Fault> faults;
    private final Map<String, Object> extras;
    private final @Nullable Duration retryAfter;

    public ProblemException(ProblemType type) {
        this(type, List.of(), Map.of());
    }

    public ProblemException(ProblemType type, Fault... faults) {
        this(type, List.of(faults), Map.of());
    }

    /** @param extras further members of the problem, as the contract names them */
    public ProblemException(ProblemType type, List<Fault> faults, Map<String, Object> extras) {
        this(type, faults, extras, null);
    }

    /** @param retryAfter when the same request may well succeed, if ever */
    public ProblemException(
            ProblemType type, List<Fault> faults, Map<String, Object> extras, @Nullable Duration retryAfter) {
        super(type.code(), null, false, false);
        this.type = type;
        this.faults = faults;
        this.extras = extras;
        this.retryAfter = retryAfter;
    }

    /** The same request may well succeed after a while. */
    public static ProblemException retryAfter(ProblemType type, Duration wait) {
        return new ProblemException(type, List.of(), Map.of(), wait);
    }

    public ProblemType type() {
        return type;
    }

    public List<Fault> faults() {
        return faults;
    }

    public Map<String, Object> extras() {
        return extras;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /**
     * One fault in a request.
     *
     * @param pointer a JSON Pointer in a URI fragment, when the fault is in the body
     * @param parameter the name of the header, path or query parameter otherwise
     * @param detail what is wrong, as text or as a message code in braces
     */
    public record Fault(@Nullable String pointer, @Nullable String parameter, String detail) {

        public static Fault at(String pointer, String detail) {
            return new Fault(pointer, null, detail);
        }

        public static Fault in(String parameter, String detail) {
            return new Fault(null, parameter, detail);
        }
    }
}

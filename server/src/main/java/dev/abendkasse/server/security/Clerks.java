package dev.abendkasse.server.security;

import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import dev.abendkasse.server.shared.problem.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Tells a box-office edge which person is working. */
public final class Clerks {

    private static final String HEADER = "Clerk";
    private static final String BOX_OFFICE = "box-office";
    private static final String BACK_OFFICE = "back-office";
    private static final String PARTNER = "partner";

    private Clerks() {}

    /** @param header the Clerk header as the contract's parameter gives it, its form already checked */
    public static Mono<Clerk> of(@Nullable String header) {
        return Callers.current().map(caller -> clerk(caller, header));
    }

    /** Whoever only looks at something: a program need not say for whom. */
    public static Mono<Clerk> reading() {
        return Callers.current().map(caller -> switch (caller) {
            case Caller.Client client -> new Clerk(client.id(), client.id(), isPartner(client), isSupervisor(client));
            case Caller other -> clerk(other, null);
        });
    }

    private static Clerk clerk(Caller caller, @Nullable String header) {
        return switch (caller) {
            case Caller.Staff staff -> staff(staff, header);
            case Caller.Client client -> program(client, header);
            case Caller.Customer _, Caller.Anonymous _ -> throw new ProblemException(ProblemType.FORBIDDEN);
        };
    }

    /** Refused rather than ignored: nobody acts under another name and believes it was written down. */
    private static Clerk staff(Caller.Staff staff, @Nullable String header) {
        if (header != null) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, Fault.in(HEADER, "{fault.clerk}"));
        }
        return new Clerk(staff.name(), null, false, staff.scopes().contains(BACK_OFFICE));
    }

    private static Clerk program(Caller.Client client, @Nullable String header) {
        if (header == null) {
            throw new ProblemException(ProblemType.CLERK_REQUIRED, Fault.in(HEADER, "{fault.missing}"));
        }
        return new Clerk(client.id() + "/" + header, client.id(), isPartner(client), isSupervisor(client));
    }

    private static boolean isSupervisor(Caller.Client client) {
        return client.scopes().contains(BACK_OFFICE) && !isPartner(client);
    }

    private static boolean isPartner(Caller.Client client) {
        return client.scopes().contains(PARTNER) && !client.scopes().contains(BOX_OFFICE);
    }
}

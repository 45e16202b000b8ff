package dev.abendkasse.server.boxoffice.walk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whoever stands at a till, as commands name them. */
public record Clerk(String name, @Nullable String client, boolean supervisor) {

    public static final Clerk CLERK = new Clerk("clerk", null, false);
    public static final Clerk SUPERVISOR = new Clerk("supervisor", null, true);
    public static final Clerk COLLEAGUE = new Clerk("colleague", null, false);

    /** Sells for the partner that the world knows. */
    public static final Clerk PARTNER = new Clerk("agency/partner", "agency", false);

    public static final List<Clerk> ALL = List.of(CLERK, SUPERVISOR, COLLEAGUE, PARTNER);

    static Clerk named(@Nullable String name) {
        return ALL.stream()
                .filter(clerk -> clerk.name().equals(name))
                .findFirst()
                .orElse(CLERK);
    }

    /** The member {@code actor} of a command. */
    public Map<String, Object> actor() {
        var actor = new HashMap<String, Object>();
        actor.put("name", name);
        actor.put("partner", client != null);
        actor.put("supervisor", supervisor);
        if (client != null) {
            actor.put("client", Objects.requireNonNull(client));
        }
        return actor;
    }
}

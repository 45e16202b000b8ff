package dev.abendkasse.server.boxoffice.walk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whoever stands at a till, as commands name them. */
public record Clerk(String name, @Nullable String client, boolean supervisor) {

    public static final Clerk ANNA = new Clerk("anna", null, false);
    public static final Clerk BERTA = new Clerk("berta", null, true);
    public static final Clerk CARL = new Clerk("carl", null, false);

    /** Sells for the partner that the world knows. */
    public static final Clerk DORA = new Clerk("agency/dora", "agency", false);

    public static final List<Clerk> ALL = List.of(ANNA, BERTA, CARL, DORA);

    static Clerk named(@Nullable String name) {
        return ALL.stream()
                .filter(clerk -> clerk.name().equals(name))
                .findFirst()
                .orElse(ANNA);
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

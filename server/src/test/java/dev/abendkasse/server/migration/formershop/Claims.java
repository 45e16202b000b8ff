package dev.abendkasse.server.migration.formershop;

import java.util.List;

/** Rows that become accounts in which nobody can sign in before they are claimed. */
final class Claims {

    private Claims() {}

    static List<Draft> noPassword(Maker make) {
        return List.of(make.customer().withoutPassword().becomes(Fate.needsClaim("NO_PASSWORD")));
    }

    /** @param reason of {@link Hashes#REFUSED} */
    static List<Draft> refused(Maker make, String reason) {
        var hash = Hashes.refused(make.random(), reason);
        return List.of(make.customer()
                .withoutPassword()
                .hash(hash.format(), hash.hash(), hash.salt())
                .becomes(Fate.needsClaim(reason)));
    }
}

package dev.abendkasse.server.audit;

import dev.abendkasse.office.AbendkasseOfficeClient;
import dev.abendkasse.office.model.MigrationEndChange;
import java.time.OffsetDateTime;
import java.util.Map;

/** What administrators do with the relaunch. */
record RelaunchDeeds(AbendkasseOfficeClient office) {

    Map<String, Deed> all() {
        return Map.of("setMigrationEnd", Deed.once(() -> {
            var version = "\"" + office.relaunch().getMigrationEnd().getVersion() + "\"";
            var change = new MigrationEndChange().endsAt(OffsetDateTime.now().plusYears(1));
            return () -> office.relaunch().setMigrationEnd(version, change);
        }));
    }
}

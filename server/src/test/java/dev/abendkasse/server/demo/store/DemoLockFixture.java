package dev.abendkasse.server.demo.store;

import dev.abendkasse.server.testing.TestDatabase;

/** The lock on a test's database. */
public final class DemoLockFixture {

    private DemoLockFixture() {}

    public static DemoLock on(TestDatabase database) {
        return new DemoLock(database.client());
    }
}

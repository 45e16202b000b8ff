package dev.abendkasse.server.boxoffice.walk;

import java.util.function.Consumer;

/**
 * Something that somebody may do.
 *
 * @param weight how often, compared with the others
 * @param action does it; when there is nothing that it could be done to, it says nothing
 */
record Step(int weight, Consumer<World> action) {}

/** Zammad as the help desk, by its REST API and webhooks. */
@NullMarked
package dev.abendkasse.server.helpdesk.zammad;

import org.jspecify.annotations.NullMarked;

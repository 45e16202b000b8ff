/** Any help desk that takes and sends signed webhooks. */
@NullMarked
package dev.abendkasse.server.helpdesk.webhook;

import org.jspecify.annotations.NullMarked;

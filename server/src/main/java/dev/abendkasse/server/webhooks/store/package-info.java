/** The webhook_endpoint and webhook_delivery tables. */
@NullMarked
package dev.abendkasse.server.webhooks.store;

import org.jspecify.annotations.NullMarked;

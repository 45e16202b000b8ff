/** How an endpoint is called. */
@NullMarked
package dev.abendkasse.server.webhooks.client;

import org.jspecify.annotations.NullMarked;

/** Where webhooks may go, and what an answer to one means. */
@NullMarked
package dev.abendkasse.server.webhooks.domain;

import org.jspecify.annotations.NullMarked;

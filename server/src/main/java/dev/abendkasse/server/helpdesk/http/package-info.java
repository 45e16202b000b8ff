/** How help desks are called. */
@NullMarked
package dev.abendkasse.server.helpdesk.http;

import org.jspecify.annotations.NullMarked;

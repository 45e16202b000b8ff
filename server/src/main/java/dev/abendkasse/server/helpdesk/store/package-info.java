/** What the help desk is still to be told, and keeping what it says. */
@NullMarked
package dev.abendkasse.server.helpdesk.store;

import org.jspecify.annotations.NullMarked;

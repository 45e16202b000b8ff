/** What the help desk is told and says. */
@NullMarked
package dev.abendkasse.server.helpdesk.domain;

import org.jspecify.annotations.NullMarked;

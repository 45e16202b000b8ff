/** Where the help desk's messages come in. */
@NullMarked
package dev.abendkasse.server.helpdesk.web;

import org.jspecify.annotations.NullMarked;

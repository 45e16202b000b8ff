/** What mail servers say about mails that they cannot deliver. */
@NullMarked
package dev.abendkasse.server.newsletter.report;

import org.jspecify.annotations.NullMarked;

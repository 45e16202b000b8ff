@NullMarked
package dev.abendkasse.server.auditdesk.store;

import org.jspecify.annotations.NullMarked;

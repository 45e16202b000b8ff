@NullMarked
package dev.abendkasse.server.auditdesk.domain;

import org.jspecify.annotations.NullMarked;

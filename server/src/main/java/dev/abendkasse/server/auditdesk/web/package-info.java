@NullMarked
package dev.abendkasse.server.auditdesk.web;

import org.jspecify.annotations.NullMarked;

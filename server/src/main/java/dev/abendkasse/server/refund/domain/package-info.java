/** What refunds are about, without any framework. */
@NullMarked
package dev.abendkasse.server.refund.domain;

import org.jspecify.annotations.NullMarked;

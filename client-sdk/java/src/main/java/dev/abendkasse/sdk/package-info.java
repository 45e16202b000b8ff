/** The way into the Abendkasse API; start at {@link dev.abendkasse.sdk.AbendkasseClient}. */
@NullMarked
package dev.abendkasse.sdk;

import org.jspecify.annotations.NullMarked;

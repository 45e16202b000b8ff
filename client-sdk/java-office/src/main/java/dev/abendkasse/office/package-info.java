/** The way into what only own staff can do; start at {@link dev.abendkasse.office.AbendkasseOfficeClient}. */
@NullMarked
package dev.abendkasse.office;

import org.jspecify.annotations.NullMarked;

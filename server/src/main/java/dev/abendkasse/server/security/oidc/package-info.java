/** How the issuer that staff sign in with is asked. */
@NullMarked
package dev.abendkasse.server.security.oidc;

import org.jspecify.annotations.NullMarked;

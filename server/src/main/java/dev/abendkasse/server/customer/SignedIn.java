package dev.abendkasse.server.customer;

import dev.abendkasse.server.security.IssuedToken;

/**
 * What somebody who has signed in holds.
 *
 * @param refreshToken gets the next access token, once
 * @param secondsLeft until the session ends if it is not renewed before
 * @param changeAdvised whether another password should be chosen
 */
public record SignedIn(IssuedToken access, String refreshToken, long secondsLeft, boolean changeAdvised) {}

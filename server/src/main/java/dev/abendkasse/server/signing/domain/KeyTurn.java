package dev.abendkasse.server.signing.domain;

import org.jspecify.annotations.Nullable;

/**
 * What is to become of the keys of a purpose.
 *
 * @param by who wants it
 * @param replace whether the one that signs gives way in any case
 * @param replaceAfter after how many seconds of signing it does
 * @param ahead whether the next one is made and published ahead of its time
 * @param withdraw the key that counts for nothing from now on
 */
public record KeyTurn(
        String purpose,
        String by,
        @Nullable Boolean replace,
        @Nullable Double replaceAfter,
        boolean ahead,
        @Nullable String withdraw,
        NewKey key,
        NewKey nextKey) {}

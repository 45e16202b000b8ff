package dev.abendkasse.server.bank.domain;

import java.time.LocalDate;

/**
 * Money that came in, as a statement tells it.
 *
 * @param row of the file
 * @param valueOn from which day the bank counts it
 * @param amount in minor units
 * @param account whose statement it is
 */
public record Credit(
        int row,
        LocalDate bookedOn,
        LocalDate valueOn,
        long amount,
        String currency,
        String account,
        String text,
        String payer,
        String payerAccount) {}

package dev.abendkasse.server.boxoffice.domain;

/** Money that was booked, and the order as it is now. */
public record PaidAtCounter(CounterPayment counterPayment, DeskOrder order) {}

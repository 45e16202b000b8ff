package dev.abendkasse.server.gate;

/**
 * Where scans come from.
 *
 * @param gate its name, for those who are told where a ticket was used
 * @param by who works there
 */
public record GateDesk(String gate, String by) {}

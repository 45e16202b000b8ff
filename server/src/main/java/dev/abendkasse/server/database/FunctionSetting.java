package dev.abendkasse.server.database;

/** A setting of the server that command functions read as {@code setting(name)}. */
public interface FunctionSetting {

    String name();

    /** Written as JSON; what is null is left out. */
    Object value();
}

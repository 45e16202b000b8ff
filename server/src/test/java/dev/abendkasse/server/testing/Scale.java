package dev.abendkasse.server.testing;

/** How large the large numbers are: a tenth in the test command, all with {@code -Pfull}. */
public final class Scale {

    private static final double FACTOR = Double.parseDouble(System.getProperty("abendkasse.test.scale", "0.1"));

    private Scale() {}

    /** @return the scaled number, at least one */
    public static int of(int full) {
        return (int) Math.max(1, Math.round(full * FACTOR));
    }
}

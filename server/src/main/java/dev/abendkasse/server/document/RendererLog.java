package dev.abendkasse.server.document;

import com.openhtmltopdf.util.Diagnostic;
import com.openhtmltopdf.util.XRLogger;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the renderer's warnings into our log and spares it the rest. */
final class RendererLog implements XRLogger {

    private static final Logger LOG = LoggerFactory.getLogger(RendererLog.class);

    @Override
    public boolean isLogLevelEnabled(Diagnostic diagnostic) {
        return isWorthIt(diagnostic.getLevel());
    }

    @Override
    public void log(String where, Level level, String message) {
        if (isWorthIt(level)) {
            LOG.warn("{}: {}", where, message);
        }
    }

    @Override
    public void log(String where, Level level, String message, Throwable error) {
        if (isWorthIt(level)) {
            LOG.warn("{}: {}", where, message, error);
        }
    }

    @Override
    public void setLevel(String logger, Level level) {
        // The renderer has no say in it.
    }

    private static boolean isWorthIt(Level level) {
        return level.intValue() >= Level.WARNING.intValue();
    }
}

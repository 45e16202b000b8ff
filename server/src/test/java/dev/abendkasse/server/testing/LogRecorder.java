package dev.abendkasse.server.testing;

import static java.util.stream.Collectors.toMap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/**
 * Everything that the process logs while a test looks, with what was thrown, instead of the console. Every server that starts sets
 * the log up anew, so a class that uses this has the process for itself.
 */
public final class LogRecorder extends AppenderBase<ILoggingEvent> {

    /** Whatever there is to say, but not how the test's own mail server talks. */
    public static final Map<String, Level> LOUD = Map.of(
            org.slf4j.Logger.ROOT_LOGGER_NAME,
            Level.DEBUG,
            "dev.abendkasse",
            Level.TRACE,
            "reactor",
            Level.TRACE,
            "com.icegreen",
            Level.OFF);

    /** As in production. */
    public static final Map<String, Level> USUAL = Map.of(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.INFO);

    private final Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Map<String, Level> wanted;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LogRecorder(Map<String, Level> wanted) {
        this.wanted = wanted;
    }

    /** @param levels of the loggers that are to say more or less than usual */
    public static <T> Recorded<T> record(Map<String, Level> levels, Scene<T> scene) throws Exception {
        var recorder = new LogRecorder(levels);
        var result = recorder.during(scene);
        return new Recorded<>(result, recorder.lines);
    }

    /**
     * The same until a line is there that is written after the answer.
     *
     * @param last whether a line is the one that is waited for
     */
    public static <T> Recorded<T> record(Map<String, Level> levels, Scene<T> scene, Predicate<String> last)
            throws Exception {
        var recorder = new LogRecorder(levels);
        var result = recorder.during(() -> {
            var played = scene.play();
            Awaitility.await().until(() -> recorder.lines.stream().anyMatch(last));
            return played;
        });
        return new Recorded<>(result, recorder.lines);
    }

    /** What is looked at. */
    public interface Scene<T> {

        T play() throws Exception;
    }

    /** What came of it, and what was logged: the logger's name, the message and what was thrown in each line. */
    public record Recorded<T>(T result, List<String> lines) {}

    private <T> T during(Scene<T> scene) throws Exception {
        var others = new ArrayList<Appender<ILoggingEvent>>();
        root.iteratorForAppenders().forEachRemaining(others::add);
        var levels = wanted.keySet().stream().map(LogRecorder::logger).collect(toMap(one -> one, LogRecorder::level));
        root.detachAndStopAllAppenders();
        start();
        root.addAppender(this);
        wanted.forEach((name, level) -> logger(name).setLevel(level));
        try {
            return scene.play();
        } finally {
            levels.forEach((logger, level) -> logger.setLevel(level.orElse(null)));
            root.detachAppender(this);
            others.forEach(Appender::start);
            others.forEach(root::addAppender);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getThrowableProxy());
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    private static Optional<Level> level(Logger logger) {
        return Optional.ofNullable(logger.getLevel());
    }
}

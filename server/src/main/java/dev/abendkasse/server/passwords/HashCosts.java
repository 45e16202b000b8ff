package dev.abendkasse.server.passwords;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What checking passwords costs on this machine, so that an import can refuse what a login could not be answered with in time. Each set
 * of parameters is measured once; a table that has more of them than any shop system makes is refused from there on.
 */
public final class HashCosts {

    private static final int MOST_MEASURED = 100;
    private static final int RUNS = 2;
    private static final String ANY_PASSWORD = "any password";

    /** What says how much work there is, in every format whose hashes say it in their text. */
    private static final Pattern WORK = Pattern.compile("""
            (m=[0-9]+,t=[0-9]+,p=[0-9]+)\
            |\\$2[aby]\\$([0-9]{2})\\$\
            |\\$[PHS]\\$(.)\
            |(ln=[0-9]+,r=[0-9]+,p=[0-9]+)\
            |(pbkdf2_[a-z0-9]+\\$[0-9]+)\\$\
            |^\\{django}scrypt\\$[^$]*\\$([0-9]+\\$[0-9]+\\$[0-9]+)\\$\
            |(\\$[56]\\$(?:rounds=[0-9]+\\$)?)\
            |^\\{aspnet-identity}(.{12})\
            |^\\{magento2}[^:]*:[^:]*:(.*)$\
            |^\\{(?:shopware5|symfony)}[^:]*:((?:[a-z0-9]+:)?[0-9]+):""");

    private final Duration most;
    private final Function<StoredPassword, Duration> stopwatch;
    private final Map<String, Duration> measured = new ConcurrentHashMap<>();

    /** @param most what one check may take */
    public HashCosts(Duration most) {
        this(most, HashCosts::time);
    }

    HashCosts(Duration most, Function<StoredPassword, Duration> stopwatch) {
        this.most = most;
        this.stopwatch = stopwatch;
    }

    /** Takes as long as a few checks the first time, and none after that. */
    public boolean isTooDear(StoredPassword password) {
        if (password.isWeak()) {
            return false;
        }
        var parameters = parameters(password.text());
        if (!measured.containsKey(parameters) && measured.size() >= MOST_MEASURED) {
            return true;
        }
        return measured.computeIfAbsent(parameters, _ -> stopwatch.apply(password))
                        .compareTo(most)
                > 0;
    }

    /** What is the same for all hashes that cost the same. */
    private static String parameters(String text) {
        var format = text.substring(0, text.indexOf('}') + 1);
        var work = WORK.matcher(text);
        return work.find()
                ? IntStream.rangeClosed(1, work.groupCount())
                        .mapToObj(work::group)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("", format, ""))
                : format;
    }

    /** The quickest of some: what else the machine does is not what the hash costs. */
    private static Duration time(StoredPassword password) {
        var best = Long.MAX_VALUE;
        for (int i = 0; i < RUNS; i++) {
            var begin = System.nanoTime();
            password.matches(ANY_PASSWORD);
            best = Math.min(best, System.nanoTime() - begin);
        }
        return Duration.ofNanos(best);
    }
}

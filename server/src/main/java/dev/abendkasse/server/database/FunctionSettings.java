package dev.abendkasse.server.database;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;

/** Writes down, before requests come in, what command functions need to know. Replicas are set alike; the last one counts. */
@Component
class FunctionSettings implements SmartLifecycle {

    private static final int BEFORE_THE_WEB_SERVER = 0;
    private static final int MINUTES = 1;

    private final Functions functions;
    private final List<FunctionSetting> settings;
    private volatile boolean running;

    FunctionSettings(Functions functions, List<FunctionSetting> settings) {
        this.functions = functions;
        this.settings = settings;
    }

    @Override
    public void start() {
        try {
            Flux.fromIterable(settings)
                    .concatMap(setting ->
                            functions.call("keep_setting", Map.of("name", setting.name(), "value", setting.value())))
                    .then()
                    .toFuture()
                    .get(MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The settings cannot be written down", e);
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return BEFORE_THE_WEB_SERVER;
    }
}

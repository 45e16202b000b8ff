package dev.abendkasse.server;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Where scheduled jobs run. */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {

    private static final int AT_ONCE = 16;

    /**
     * Spring waits for a reactive job on the thread that started it, and its default has one such thread for all: a
     * payment provider that hangs would hold up the sweeping of holds. Some jobs never end by themselves, so a server that
     * closes does not wait for them; they are cancelled with their components.
     */
    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        var scheduler = new ThreadPoolTaskScheduler();
        scheduler.setVirtualThreads(true);
        scheduler.setThreadNamePrefix("job-");
        scheduler.setPoolSize(AT_ONCE);
        scheduler.setAcceptTasksAfterContextClose(true);
        return scheduler;
    }
}

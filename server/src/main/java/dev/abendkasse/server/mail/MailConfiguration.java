package dev.abendkasse.server.mail;

import dev.abendkasse.server.mail.smtp.SmtpTransport;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Where mail goes, and the threads that take it there. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    private static final int QUEUE = 1000;
    private static final int IDLE_SECONDS = 60;

    @Bean(destroyMethod = "dispose")
    Scheduler mailThreads(MailProperties properties) {
        return Schedulers.newBoundedElastic(properties.atOnce(), QUEUE, MailConfiguration::newThread, IDLE_SECONDS);
    }

    /**
     * A virtual one, because interrupting it also ends what waits for a socket. Mail's own parts are looked for with its class
     * loader, whoever has started it.
     */
    private static Thread newThread(Runnable work) {
        var thread = Thread.ofVirtual().name("mail").unstarted(work);
        thread.setContextClassLoader(MailConfiguration.class.getClassLoader());
        return thread;
    }

    @Bean
    @Conditional(MailServerCondition.class)
    MailTransport smtpTransport(
            JavaMailSenderImpl sender, @Qualifier("mailThreads") Scheduler threads, MailProperties properties) {
        if (properties.from() == null) {
            throw new IllegalStateException(
                    "Set abendkasse.mail.from to the address that mails are to come from: there is a mail server"
                            + " (spring.mail.host).");
        }
        return new SmtpTransport(sender, threads, properties.timeLimit());
    }
}

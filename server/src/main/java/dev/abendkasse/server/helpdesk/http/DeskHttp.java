package dev.abendkasse.server.helpdesk.http;

import dev.abendkasse.server.helpdesk.HelpDeskChoice;
import dev.abendkasse.server.helpdesk.HelpDeskProperties;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The HTTP client for the help desk: connections of its own, and everything about it is bounded. */
@Configuration(proxyBeanMethods = false)
@Conditional(HelpDeskChoice.Any.class)
class DeskHttp {

    /** Room for the longest list of a ticket's articles. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final Duration IDLE = Duration.ofSeconds(30);

    @Bean(destroyMethod = "dispose", defaultCandidate = false)
    ConnectionProvider helpDeskConnections(HelpDeskProperties properties) {
        return ConnectionProvider.builder("help-desk")
                .maxConnections(properties.atOnce())
                .pendingAcquireTimeout(properties.timeLimit())
                .maxIdleTime(IDLE)
                .build();
    }

    @Bean(defaultCandidate = false)
    WebClient helpDeskHttp(
            WebClient.Builder builder,
            HelpDeskProperties properties,
            @Qualifier("helpDeskConnections") ConnectionProvider connections) {
        var http = HttpClient.create(connections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        properties.connectLimit().toMillis())
                .followRedirect(false)
                .disableRetry(true);
        return builder.clientConnector(new ReactorClientHttpConnector(http))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_BYTES))
                .build();
    }
}

package dev.abendkasse.server.testing;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Has a test's server write an access log, as operators do, when {@code abendkasse.test.access-log} says so. */
@Component
@ConditionalOnBooleanProperty("abendkasse.test.access-log")
class AccessLog implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.accessLog(true));
    }
}

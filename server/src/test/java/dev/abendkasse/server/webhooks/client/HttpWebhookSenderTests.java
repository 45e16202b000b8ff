package dev.abendkasse.server.webhooks.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.webhooks.WebhookProperties;
import dev.abendkasse.server.webhooks.WebhookRequest;
import dev.abendkasse.server.webhooks.domain.Attempt;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that stands at the other end, or is said of it, does harm. */
class HttpWebhookSenderTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final String SECRET_PATH = "/hooks/s3cr3t";

    private static final HostLookup NO_NAMES = host -> {
        throw new UnknownHostException(host);
    };

    @RegisterExtension
    static final WireMockExtension PARTNER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort().dynamicHttpsPort())
            .build();

    @Test
    void requestCarriesItsIdItsTimeAndItsSignatureWithTheBodyAsItIs() {
        PARTNER.stubFor(post(anyUrl()).willReturn(status(204)));
        var request = new WebhookRequest(
                url("127.0.0.1"),
                UUID.fromString("0199d2c1-4d5e-7f66-8a77-819203142536"),
                Instant.parse("2026-12-01T18:05:12.7Z"),
                "v1,abc v1,def",
                "{\"über\":1}".getBytes(UTF_8));

        assertThat(Awaited.of(sender(true, NO_NAMES).send(request))).isEqualTo(new Attempt.Answered(204, null));

        PARTNER.verify(
                1,
                postRequestedFor(urlEqualTo(SECRET_PATH))
                        .withHeader("webhook-id", equalTo("0199d2c1-4d5e-7f66-8a77-819203142536"))
                        .withHeader("webhook-timestamp", equalTo("1796148312"))
                        .withHeader("webhook-signature", equalTo("v1,abc v1,def"))
                        .withHeader("content-type", equalTo("application/json"))
                        .withHeader("user-agent", equalTo("Abendkasse"))
                        .withRequestBody(equalTo("{\"über\":1}")));
    }

    @Test
    void redirectIsAnAnswerAndNotFollowed() {
        PARTNER.stubFor(post(SECRET_PATH).willReturn(status(307).withHeader("Location", "/elsewhere")));

        assertThat(send(true, "127.0.0.1")).isEqualTo(new Attempt.Answered(307, null));

        PARTNER.verify(0, postRequestedFor(urlEqualTo("/elsewhere")));
    }

    @Test
    void waitThatIsAskedForIsHandedOn() {
        PARTNER.stubFor(post(anyUrl()).willReturn(serviceUnavailable().withHeader("Retry-After", "120")));

        assertThat(send(true, "127.0.0.1")).isEqualTo(new Attempt.Answered(503, "120"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.1"})
    void addressThatStandsInTheUrlIsCheckedAsWell(String host) {
        PARTNER.stubFor(post(anyUrl()).willReturn(ok()));

        assertThat(send(false, host)).isEqualTo(new Attempt.NoAnswer("Its host leads to where nothing may be sent"));

        PARTNER.verify(0, postRequestedFor(anyUrl()));
    }

    /** What InetAddress reads as an address is one, however it is written. */
    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "127.1", "localhost"})
    void hostThatTheSystemResolvesToThisMachineIsNotConnectedTo(String host) {
        PARTNER.stubFor(post(anyUrl()).willReturn(ok()));

        var attempt = Awaited.of(sender(false, name -> List.of(InetAddress.getAllByName(host)))
                .send(request(url("partner.example.org"))));

        assertThat(attempt).isEqualTo(new Attempt.NoAnswer("Its host leads to where nothing may be sent"));
        PARTNER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void nameThatLeadsToTheInsideWithOneOfItsAddressesIsNotTrusted() {
        PARTNER.stubFor(post(anyUrl()).willReturn(ok()));

        var attempt = Awaited.of(sender(false, _ -> List.of(InetAddress.ofLiteral("1.1.1.1"), HERE))
                .send(request(url("partner.example.org"))));

        assertThat(attempt).isEqualTo(new Attempt.NoAnswer("Its host leads to where nothing may be sent"));
    }

    @Test
    void addressThatWasCheckedIsTheOneConnectedTo() {
        PARTNER.stubFor(post(anyUrl()).willReturn(ok()));
        var asked = new AtomicInteger();

        var attempt = Awaited.of(sender(true, _ -> {
                    asked.incrementAndGet();
                    return List.of(HERE);
                })
                .send(request(url("partner.example.org"))));

        assertThat(attempt).isEqualTo(new Attempt.Answered(200, null));
        assertThat(asked).as("nobody looks the name up a second time").hasValue(1);
        PARTNER.verify(
                1, postRequestedFor(anyUrl()).withHeader("host", equalTo("partner.example.org:" + PARTNER.getPort())));
    }

    @Test
    void nameThatLeadsElsewhereTheNextTimeIsCheckedAnew() {
        PARTNER.stubFor(post(anyUrl()).willReturn(ok()));
        var asked = new AtomicInteger();
        var sender = sender(
                true, _ -> List.of(asked.incrementAndGet() == 1 ? HERE : InetAddress.ofLiteral("169.254.169.254")));

        assertThat(Awaited.of(sender.send(request(url("partner.example.org")))))
                .isEqualTo(new Attempt.Answered(200, null));
        assertThat(Awaited.of(sender.send(request(url("partner.example.org")))))
                .isEqualTo(new Attempt.NoAnswer("Its host leads to where nothing may be sent"));
    }

    @Test
    void unknownHostIsNoAnswer() {
        assertThat(send(false, "partner.example.org")).isEqualTo(new Attempt.NoAnswer("Its host is not known"));
    }

    @Test
    void hostThatNobodyListensAtIsNoAnswer() throws IOException {
        int port;
        try (var closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        assertThat(send(true, URI.create("http://127.0.0.1:" + port)))
                .isEqualTo(new Attempt.NoAnswer("It cannot be connected to"));
    }

    @Test
    void certificateThatNobodyVouchesForIsNotTrusted() {
        PARTNER.stubFor(post(anyUrl()).willReturn(ok()));

        assertThat(send(true, URI.create("https://127.0.0.1:" + PARTNER.getHttpsPort())))
                .isEqualTo(new Attempt.NoAnswer("It cannot be trusted: the TLS connection failed"));

        PARTNER.verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void silenceEndsInTime() {
        PARTNER.stubFor(post(anyUrl()).willReturn(aResponse().withFixedDelay(5_000)));

        var attempt = Awaited.of(sender(true, Duration.ofMillis(500), NO_NAMES).send(request(url("127.0.0.1"))));

        assertThat(attempt).isEqualTo(new Attempt.NoAnswer("It did not answer in time"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE", "CONNECTION_RESET_BY_PEER"})
    void brokenAnswerIsNoAnswerAndSaysNothingOfTheAddress(String fault) {
        PARTNER.stubFor(post(anyUrl()).willReturn(aResponse().withFault(Fault.valueOf(fault))));

        assertThat(send(true, "127.0.0.1"))
                .isInstanceOfSatisfying(
                        Attempt.NoAnswer.class,
                        answer -> assertThat(answer.why())
                                .startsWith("It hung up, or its answer is no HTTP")
                                .doesNotContain("127.0.0.1")
                                .doesNotContain("s3cr3t"));
    }

    @Test
    void bodyWithoutEndIsNotRead() throws Exception {
        try (var server = new ServerSocket(0, 1, HERE)) {
            var hungUp = serve(server, out -> {
                out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
                while (true) {
                    out.write(("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(UTF_8));
                }
            });

            assertThat(send(true, URI.create("http://127.0.0.1:" + server.getLocalPort())))
                    .isEqualTo(new Attempt.Answered(200, null));
            assertThat(hungUp).succeedsWithin(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void headersWithoutEndAreNotReadForLong() throws Exception {
        try (var server = new ServerSocket(0, 1, HERE)) {
            var hungUp = serve(server, out -> {
                out.write("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
                while (true) {
                    out.write(("X-More: " + "x".repeat(1000) + "\r\n").getBytes(UTF_8));
                }
            });

            assertThat(send(true, URI.create("http://127.0.0.1:" + server.getLocalPort())))
                    .isInstanceOf(Attempt.NoAnswer.class);
            assertThat(hungUp).succeedsWithin(5, TimeUnit.SECONDS);
        }
    }

    private interface Answer {

        void write(OutputStream out) throws IOException;
    }

    /** Ends when the client has hung up. */
    private static CompletableFuture<Void> serve(ServerSocket server, Answer answer) {
        return CompletableFuture.runAsync(() -> {
            try (var socket = server.accept()) {
                socket.getInputStream().read(new byte[100]);
                answer.write(socket.getOutputStream());
            } catch (IOException e) {
                // That is what is waited for.
            }
        });
    }

    private static Attempt send(boolean allowPrivate, String host) {
        return send(allowPrivate, url(host));
    }

    private static Attempt send(boolean allowPrivate, URI url) {
        return Awaited.of(sender(allowPrivate, NO_NAMES).send(request(url)));
    }

    private static HttpWebhookSender sender(boolean allowPrivate, HostLookup lookup) {
        return sender(allowPrivate, LIMIT, lookup);
    }

    private static HttpWebhookSender sender(boolean allowPrivate, Duration limit, HostLookup lookup) {
        return new HttpWebhookSender(
                new WebhookProperties(
                        true, allowPrivate, limit, limit, 32, 8, Duration.ofHours(24), 5, Duration.ofDays(30)),
                lookup);
    }

    private static URI url(String host) {
        return URI.create("http://" + host + ":" + PARTNER.getPort() + SECRET_PATH);
    }

    private static WebhookRequest request(URI url) {
        return new WebhookRequest(url, UUID.randomUUID(), Instant.now(), "v1,abc", "{}".getBytes(UTF_8));
    }
}

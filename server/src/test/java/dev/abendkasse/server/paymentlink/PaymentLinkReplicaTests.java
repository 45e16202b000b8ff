package dev.abendkasse.server.paymentlink;

import static dev.abendkasse.server.paymentlink.LinkDesk.problem;
import static dev.abendkasse.server.paymentlink.LinkDesk.request;
import static dev.abendkasse.server.paymentlink.LinkDesk.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.sdk.model.Payment;
import dev.abendkasse.server.testing.PayPage;
import dev.abendkasse.server.testing.Theatre;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many at one link, on two replicas over HTTP: people who pay, and programs that only look. */
class PaymentLinkReplicaTests {

    private static final int PAYERS = 20;
    private static final int REQUESTS = 200;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What a request by a link could change. */
    private static final List<String> TABLES = List.of(
            "orders",
            "order_item",
            "place",
            "payment",
            "payment_fact",
            "payment_link",
            "money_entry",
            "ticket",
            "case_file",
            "idempotency_key",
            "credit_account",
            "sandbox_payment");

    private static Theatre theatre;
    private static Theatre replica;
    private static LinkDesk desk;
    private static LinkDesk otherDesk;

    @BeforeAll
    static void openTheTheatre() {
        theatre = LinkDesk.openTheTheatre(Map.of());
        replica = theatre.replica(Map.of());
        desk = new LinkDesk(theatre);
        otherDesk = new LinkDesk(replica);
    }

    @AfterAll
    static void closeTheTheatre() {
        replica.close();
        theatre.close();
    }

    @Test
    void p11TwentyPayersOnTwoReplicasHaveOneAttemptOfWhichOneCanBePaid() throws Exception {
        var link = desk.send(desk.reserved(1).getOrderId());
        var token = token(link);

        var payments = allAtOnce(IntStream.range(0, PAYERS)
                .<Callable<Payment>>mapToObj(
                        n -> () -> (n % 2 == 0 ? desk : otherDesk).pay(token, request(5_000), UUID.randomUUID()))
                .toList());

        var open = desk.text("select payment_id::text from payment where state in ('CREATED', 'ACTION_REQUIRED')"
                + " and order_id = '" + link.getOrderId() + "'");
        PayPage.await(() -> openAtTheProvider(link.getOrderId()), count -> count == 1);
        var last = payments.stream()
                .filter(payment -> payment.getPaymentId().toString().equals(open))
                .findFirst()
                .orElseThrow();
        PayPage.of(last).pay();
        PayPage.await(() -> desk.state(link), "USED"::equals);
        assertThat(theatre.count("select count(*) from money_entry where order_id = '" + link.getOrderId() + "'"))
                .isOne();
        assertThat(openAtTheProvider(link.getOrderId())).isZero();
        problem(410, "payment-link-paid", () -> otherDesk.pay(token, request(5_000), UUID.randomUUID()));
    }

    @Test
    void programsThatLookIntoMailsChangeNothing() throws Exception {
        var link = desk.send(desk.reserved(1).getOrderId());
        var before = everything();

        var answers = allAtOnce(IntStream.range(0, REQUESTS)
                .<Callable<Integer>>mapToObj(n -> () -> HTTP.send(look(n, token(link)), BodyHandlers.discarding())
                        .statusCode())
                .toList());

        assertThat(answers).hasSize(REQUESTS).containsOnly(200, 400, 409, 415);
        assertThat(everything()).isEqualTo(before);
        assertThat(desk.state(link)).isEqualTo("OPEN");
    }

    /** As programs do that follow every address and press every button. */
    private static HttpRequest look(int n, String token) {
        var request = HttpRequest.newBuilder().header("Link-Token", token);
        var key = UUID.randomUUID().toString();
        return switch (n % 7) {
            case 0, 1 -> request.uri(address(n, "/v1/payment-link")).GET().build();
            case 2 -> request.uri(address(n, "/v1/payment-link")).HEAD().build();
            case 3 ->
                post(request, n)
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString("{}"))
                        .build();
            case 4 ->
                post(request, n)
                        .POST(BodyPublishers.ofString(
                                "{\"amount\": {\"amount\": 5000, \"currency\": \"EUR\"}, \"method\": \"CARD\"}"))
                        .build();
            case 5 ->
                post(request, n)
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(
                                "{\"amount\": {\"amount\": 1, \"currency\": \"EUR\"}, \"method\": \"CARD\"}"))
                        .build();
            default ->
                request.uri(address(n, "/v1/payment-link/payment"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString("amount=5000&method=CARD"))
                        .build();
        };
    }

    private static HttpRequest.Builder post(HttpRequest.Builder request, int n) {
        return request.uri(address(n, "/v1/payment-link/payment")).header("Content-Type", "application/json");
    }

    private static URI address(int n, String path) {
        return (n % 2 == 0 ? theatre : replica).address().resolve(path);
    }

    private static Map<String, String> everything() {
        var all = new TreeMap<String, String>();
        for (var table : TABLES) {
            all.put(
                    table,
                    desk.text("select coalesce(md5(string_agg(t::text, ' ' order by t::text)), '') from " + table
                            + " t"));
        }
        all.put("outbox_message", desk.text("select count(*)::text from outbox_message"));
        return all;
    }

    private static long openAtTheProvider(UUID order) {
        return theatre.count("select count(*) from sandbox_payment join payment using (payment_id)"
                + " where sandbox_payment.state = 'OPEN' and order_id = '" + order + "'");
    }

    private static <T> List<T> allAtOnce(List<Callable<T>> calls) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }
}

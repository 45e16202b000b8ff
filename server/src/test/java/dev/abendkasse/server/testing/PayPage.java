package dev.abendkasse.server.testing;

import dev.abendkasse.sdk.http.ApiException;
import dev.abendkasse.sdk.model.Payment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A buyer on the sandbox's payment page. */
public final class PayPage {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI page;

    private PayPage(URI page) {
        this.page = page;
    }

    public static PayPage of(Payment payment) {
        return new PayPage(payment.getUrl());
    }

    public void pay() {
        press("pay");
    }

    public void decline() {
        press("decline");
    }

    /** The bank takes its time. */
    public void keepWaiting() {
        press("processing");
    }

    /** Paid although the shop had cancelled. */
    public void payLate() {
        press("pay-late");
    }

    /** The payer's bank takes the money back for now, or decides; see the codes of the page for testers. */
    public void bank(String event) {
        press("control", event);
    }

    /** What becomes of the payment's refunds from now on. */
    public void refunds(String choice) {
        press("control", "refunds-" + choice);
    }

    /** One refund that the provider is working on comes to its end. */
    public void endRefund(String event, UUID refund) {
        press("control", event + "&refund=" + refund);
    }

    /** Asks until the answer is as expected; the provider's word comes when it comes. */
    public static <T> T await(Callable<T> question, Predicate<T> expected) throws ApiException {
        var answer = new AtomicReference<T>();
        Awaitility.await().atMost(PATIENCE).until(() -> {
            answer.set(question.call());
            return expected.test(answer.get());
        });
        return answer.get();
    }

    private void press(String button) {
        press("simulate", button);
    }

    private void press(String address, String button) {
        var request = HttpRequest.newBuilder(URI.create(page + "/" + address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("event=" + button))
                .build();
        try {
            var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

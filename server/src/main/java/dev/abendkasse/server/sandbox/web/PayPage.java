package dev.abendkasse.server.sandbox.web;

import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.domain.SandboxBooking;
import dev.abendkasse.server.sandbox.domain.SandboxPayment;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** The page on which the buyer pays, or does not. */
@SandboxComponent
class PayPage {

    private final PageFrame frame;

    PayPage(PageFrame frame) {
        this.frame = frame;
    }

    Answer show(int status, SandboxBooking booking, Locale locale) {
        var payment = booking.payment();
        var content = summary(payment, locale)
                + (booking.payable() ? form(payment, locale) : result(booking, locale))
                + control(payment, locale);
        return frame.page(status, content, formAction(payment.returnUrl()), locale);
    }

    private String summary(SandboxPayment payment, Locale locale) {
        return """
                <p>%s</p>
                <p class="amount">%s</p>
                """.formatted(
                        frame.text("order", locale, payment.orderReference()),
                        HtmlUtils.htmlEscape(PageFrame.amount(payment.amount(), payment.currency(), locale)));
    }

    private String form(SandboxPayment payment, Locale locale) {
        return """
                <form method="post" action="/payments/%s/simulate">
                <button class="pay" name="event" value="pay">%s</button>
                <button name="event" value="decline">%s</button>
                <button name="event" value="leave">%s</button>
                </form>
                """.formatted(
                        payment.paymentId(),
                        frame.text("pay", locale),
                        frame.text("decline", locale),
                        frame.text("leave", locale));
    }

    private String result(SandboxBooking booking, Locale locale) {
        var state = booking.expired() && booking.state().name().equals("OPEN")
                ? "expired"
                : "state." + booking.state().name();
        var outcome = "<p role=\"status\">" + frame.text(state, locale) + "</p>";
        var returnUrl = booking.payment().returnUrl();
        return returnUrl == null
                ? outcome
                : outcome
                        + "<p><a href=\"%s\">%s</a></p>"
                                .formatted(HtmlUtils.htmlEscape(returnUrl), frame.text("back", locale));
    }

    private String control(SandboxPayment payment, Locale locale) {
        return "<p><a href=\"/payments/%s/control\">%s</a></p>"
                .formatted(payment.paymentId(), frame.text("control", locale));
    }

    /** Browsers hold a form's redirect against the policy too, so the shop's origin must be in it. */
    private static String formAction(@Nullable String returnUrl) {
        if (returnUrl == null) {
            return "'self'";
        }
        var url = URI.create(returnUrl);
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return "'self' " + url.getScheme() + "://" + url.getHost() + port;
    }
}

package dev.abendkasse.server.sandbox.web;

import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.domain.SandboxBooking;
import dev.abendkasse.server.sandbox.domain.SandboxPayment;
import dev.abendkasse.server.shared.Money;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.web.util.HtmlUtils;

/** The page on which the buyer pays, or does not. Works without scripts. */
@SandboxComponent
class PayPage {

    static final String STYLE = """
            body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; background: #f3f3f0; color: #1c1c1a; }
            main { max-width: 26rem; margin: 2rem auto; padding: 1.5rem; background: #fff; border-radius: .75rem; }
            h1 { font-size: 1.25rem; margin-top: 0; }
            .amount { font-size: 2rem; margin: .5rem 0; }
            .notice { border-left: .25rem solid #b35c00; padding-left: .75rem; }
            button { display: block; width: 100%; margin: .75rem 0; padding: .75rem; font: inherit;
                     border: 2px solid #1c1c1a; border-radius: .5rem; background: #fff; cursor: pointer; }
            button.pay { background: #14532d; border-color: #14532d; color: #fff; }
            a:focus-visible, button:focus-visible { outline: 3px solid #b35c00; outline-offset: 2px; }
            """;

    private static final String PAGE = """
            <!doctype html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>%s</title>
            <link rel="stylesheet" href="/style.css">
            </head>
            <body>
            <main>
            %s
            </main>
            </body>
            </html>
            """;

    private final MessageSource messages;

    PayPage(MessageSource messages) {
        this.messages = messages;
    }

    Answer show(int status, SandboxBooking booking, Locale locale) {
        var payment = booking.payment();
        var content = summary(payment, locale) + (booking.payable() ? form(payment, locale) : result(booking, locale));
        return Answer.html(status, page(content, locale), formAction(payment.returnUrl()));
    }

    Answer unknown(Locale locale) {
        return Answer.html(404, page("<h1>" + text("unknown", locale) + "</h1>", locale), "'none'");
    }

    private String page(String content, Locale locale) {
        return PAGE.formatted(locale.getLanguage(), text("title", locale), content);
    }

    private String summary(SandboxPayment payment, Locale locale) {
        return """
                <h1>%s</h1>
                <p class="notice">%s</p>
                <p>%s</p>
                <p class="amount">%s</p>
                """.formatted(
                        text("title", locale),
                        text("notice", locale),
                        text("order", locale, payment.orderReference()),
                        HtmlUtils.htmlEscape(amount(payment, locale)));
    }

    private String form(SandboxPayment payment, Locale locale) {
        return """
                <form method="post" action="/payments/%s/simulate">
                <button class="pay" name="event" value="pay">%s</button>
                <button name="event" value="decline">%s</button>
                <button name="event" value="leave">%s</button>
                </form>
                """.formatted(payment.paymentId(), text("pay", locale), text("decline", locale), text("leave", locale));
    }

    private String result(SandboxBooking booking, Locale locale) {
        var state = booking.expired() && booking.state().name().equals("OPEN")
                ? "expired"
                : "state." + booking.state().name();
        var outcome = "<p role=\"status\">" + text(state, locale) + "</p>";
        var returnUrl = booking.payment().returnUrl();
        return returnUrl == null
                ? outcome
                : outcome
                        + "<p><a href=\"%s\">%s</a></p>"
                                .formatted(HtmlUtils.htmlEscape(returnUrl), text("back", locale));
    }

    private String text(String key, Locale locale, Object... values) {
        return HtmlUtils.htmlEscape(messages.getMessage("sandbox." + key, values, locale));
    }

    private static String amount(SandboxPayment payment, Locale locale) {
        return Money.of(payment.amount(), payment.currency()).shownIn(locale);
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

package dev.abendkasse.server.sandbox.web;

import dev.abendkasse.server.sandbox.SandboxComponent;
import dev.abendkasse.server.sandbox.domain.SandboxAccount;
import dev.abendkasse.server.sandbox.domain.SandboxDispute;
import dev.abendkasse.server.sandbox.domain.SandboxRefund;
import dev.abendkasse.server.sandbox.domain.SandboxRefundEvent;
import dev.abendkasse.server.sandbox.domain.SandboxRefunds;
import dev.abendkasse.server.sandbox.domain.SandboxState;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** The page on which testers are the payer's bank. */
@SandboxComponent
class ControlPage {

    private final PageFrame frame;

    ControlPage(PageFrame frame) {
        this.frame = frame;
    }

    Answer show(int status, SandboxAccount account, Locale locale) {
        var content =
                head(account, locale) + dispute(account, locale) + made(account, locale) + choice(account, locale);
        return frame.page(status, content, "'self'", locale);
    }

    private String head(SandboxAccount account, Locale locale) {
        var payment = account.booking().payment();
        return """
                <p>%s</p>
                <p class="amount">%s</p>
                <p role="status">%s</p>
                """.formatted(
                        frame.text("order", locale, payment.orderReference()),
                        HtmlUtils.htmlEscape(PageFrame.amount(payment.amount(), payment.currency(), locale)),
                        frame.text("state." + account.booking().state().name(), locale));
    }

    private String dispute(SandboxAccount account, Locale locale) {
        if (account.booking().state() != SandboxState.SUCCEEDED) {
            return "";
        }
        var state = account.dispute() == null
                ? ""
                : "<p>" + frame.text("dispute." + account.dispute().name(), locale) + "</p>";
        var buttons = Arrays.stream(SandboxDispute.values())
                .map(event -> button(event.code(), locale))
                .collect(Collectors.joining());
        return "<h2>" + frame.text("disputes", locale) + "</h2>" + state + form(account, "", buttons);
    }

    private String made(SandboxAccount account, Locale locale) {
        return account.made().stream()
                .map(refund -> refund(account, refund, locale))
                .collect(Collectors.joining());
    }

    private String refund(SandboxAccount account, SandboxRefund refund, Locale locale) {
        var currency = account.booking().payment().currency();
        var hidden = "<input type=\"hidden\" name=\"refund\" value=\"" + refund.refundId() + "\">";
        var buttons = Arrays.stream(SandboxRefundEvent.values())
                .filter(event -> event.from().contains(refund.state()) && event.leadsTo() != refund.state())
                .map(event -> button(event.code(), locale))
                .collect(Collectors.joining());
        return "<h2>"
                + frame.text(
                        "refund." + refund.state().name(), locale, PageFrame.amount(refund.amount(), currency, locale))
                + "</h2>"
                + form(account, hidden, buttons);
    }

    private String choice(SandboxAccount account, Locale locale) {
        var buttons = Arrays.stream(SandboxRefunds.values())
                .map(choice -> button(choice.code(), locale))
                .collect(Collectors.joining());
        return "<h2>" + frame.text("refunds", locale) + "</h2><p>"
                + frame.text(account.refunds().code(), locale) + "</p>" + form(account, "", buttons);
    }

    private static String form(SandboxAccount account, String hidden, String buttons) {
        return "<form method=\"post\" action=\""
                + address(account.booking().payment().paymentId()) + "\">" + hidden + buttons + "</form>\n";
    }

    private String button(String code, Locale locale) {
        return "<button name=\"event\" value=\"" + code + "\">" + frame.text(code, locale) + "</button>";
    }

    static String address(UUID payment) {
        return "/payments/" + payment + "/control";
    }
}

package dev.abendkasse.server.helpdesk;

import dev.abendkasse.server.helpdesk.domain.DeskCase;
import dev.abendkasse.server.helpdesk.domain.DeskEntry;
import dev.abendkasse.server.helpdesk.domain.DeskText;
import dev.abendkasse.server.shared.CaseNumber;
import dev.abendkasse.server.shared.Item.Price;
import dev.abendkasse.server.shared.OneLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Component;

/**
 * Puts into words what the help desk is told. What is said stands in {@code help-desk/texts.properties} (English) and {@code
 * texts_de.properties}.
 */
@Component
class DeskTexts {

    private static final String AMOUNT = "AMOUNT";
    private static final String BOOKS_DIFFER = "BOOKS_DIFFER";

    private final MessageSource texts = texts();
    private final Locale language;
    private final Locale region;
    private final @Nullable String caseUrl;

    DeskTexts(HelpDeskProperties properties) {
        this.language = properties.language();
        this.region = language.getLanguage().equals("en") ? Locale.UK : Locale.GERMANY;
        this.caseUrl = properties.caseUrl();
    }

    DeskText of(DeskEntry entry) {
        var about = entry.about();
        var title = say("title", about.caseNumber(), say("kind." + about.kind()));
        var summary = summary(about);
        return new DeskText(title, summary, news(entry, summary));
    }

    private String news(DeskEntry entry, String summary) {
        return switch (entry.event()) {
            case OPENED -> summary;
            case MESSAGE -> say("message." + entry.messageKind(), name(entry.by())) + "\n\n" + entry.text();
            case ENDED ->
                say(entry.by() == null ? "ended" : "ended-by", say("state." + entry.state()), name(entry.by()));
            case REOPENED -> say("reopened");
        };
    }

    private String summary(DeskCase about) {
        var facts = Stream.of(
                fact("case", new CaseNumber(about.caseNumber()).grouped()),
                fact("about", say("kind." + about.kind())),
                fact("order", about.orderNumber()),
                fact("amount", about.amount(), this::money),
                fact("requested-limit", about.requestedLimit(), this::money),
                fact("deadline", about.deadline(), deadline -> time(deadline, about.timeZone())),
                fact("buyer", about.buyerName(), OneLine::of),
                fact("email", about.buyerEmail(), OneLine::of),
                fact("link", caseUrl, url -> url + about.caseNumber()));
        var lines = new ArrayList<>(facts.filter(Objects::nonNull).toList());
        lines.addAll(findings(about));
        return String.join("\n", lines);
    }

    private List<String> findings(DeskCase about) {
        if (about.findings().isEmpty()) {
            return List.of();
        }
        return Stream.concat(
                        Stream.of("", say("attention." + about.attention())),
                        about.findings().stream().map(finding -> "- " + finding(finding, about)))
                .toList();
    }

    /** One of a rule that has no words yet is shown by its name. */
    private String finding(DeskCase.Finding finding, DeskCase about) {
        return Objects.requireNonNull(texts.getMessage(
                "rule." + finding.rule(),
                new Object[] {shown(finding, finding.found(), about), shown(finding, finding.threshold(), about)},
                finding.rule(),
                language));
    }

    private String shown(DeskCase.Finding finding, long value, DeskCase about) {
        var isMoney = finding.rule().equals(AMOUNT) || finding.rule().equals(BOOKS_DIFFER);
        return isMoney && about.amount() != null
                ? money(new Price(value, about.amount().currency()))
                : Long.toString(value);
    }

    private @Nullable String fact(String label, @Nullable String value) {
        return fact(label, value, Function.identity());
    }

    private <T> @Nullable String fact(String label, @Nullable T value, Function<T, String> shown) {
        return value == null ? null : say("label." + label) + ": " + shown.apply(value);
    }

    private String money(Price price) {
        return price.money().shownIn(region);
    }

    private String time(Instant instant, String timeZone) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
                .withLocale(region)
                .format(instant.atZone(ZoneId.of(timeZone)));
    }

    private String name(@Nullable String by) {
        return by == null ? say("nobody") : OneLine.of(by);
    }

    private String say(String key, Object... values) {
        return Objects.requireNonNull(texts.getMessage(key, values, language));
    }

    private static MessageSource texts() {
        var texts = new ResourceBundleMessageSource();
        texts.setBasename("help-desk/texts");
        texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
        texts.setFallbackToSystemLocale(false);
        texts.setAlwaysUseMessageFormat(true);
        return texts;
    }
}

package dev.abendkasse.server.mail;

import dev.abendkasse.server.mail.Mail.Content;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.stereotype.Component;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.dialect.SpringStandardDialect;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/**
 * Fills in the templates of the folder {@code mail}: {@code <name>.html} and {@code <name>.txt} go into the layouts of the same
 * endings, and what they say stands in {@code texts.properties} (English) and {@code texts_de.properties}.
 */
@Component
class MailTemplates {

    private static final String FOLDER = "mail/";
    private static final String LAYOUT = "layout";
    private static final Pattern TRAILING_BLANKS = Pattern.compile("[ \\t]+(?=\\n)");
    private static final Pattern EMPTY_LINES = Pattern.compile("\\n{3,}");

    private final MessageSource texts = texts();
    private final TemplateEngine html = engine(TemplateMode.HTML, ".html");
    private final TemplateEngine plain = engine(TemplateMode.TEXT, ".txt");

    /** What the reader sees of a mail. */
    record Filled(String subject, String text, String html) {}

    Filled fill(Content content, String sender, Locale language) {
        var subject = texts.getMessage(
                content.template() + ".subject", content.subject().toArray(), language);
        var model = new HashMap<>(content.model());
        model.put("template", content.template());
        model.put("subject", subject);
        model.put("sender", sender);
        var context = new Context(language, model);
        var layout = String.valueOf(model.getOrDefault(LAYOUT, LAYOUT));
        return new Filled(subject, tidy(plain.process(layout, context)), html.process(layout, context));
    }

    /** Parts that are left out leave their lines behind. */
    private static String tidy(String text) {
        var lines = TRAILING_BLANKS.matcher(text).replaceAll("");
        return EMPTY_LINES.matcher(lines).replaceAll("\n\n").strip() + "\n";
    }

    private TemplateEngine engine(TemplateMode mode, String ending) {
        var resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix(FOLDER);
        resolver.setSuffix(ending);
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
        var engine = new TemplateEngine();
        engine.setDialect(new SpringStandardDialect());
        engine.setTemplateResolver(resolver);
        engine.setMessageResolvers(Set.of(new StrictMessages(texts)));
        return engine;
    }

    private static MessageSource texts() {
        var texts = new ResourceBundleMessageSource();
        texts.setBasename(FOLDER + "texts");
        texts.setDefaultEncoding(StandardCharsets.UTF_8.name());
        texts.setFallbackToSystemLocale(false);
        texts.setAlwaysUseMessageFormat(true);
        return texts;
    }
}

package dev.abendkasse.server.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** The templates of documents and the languages they have texts in. */
final class Templates {

    private static final String FOLDER = "documents/";
    private static final String TEXTS = ".properties";

    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final Map<String, List<Locale>> languages = new ConcurrentHashMap<>();

    Templates() {
        var resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix(FOLDER);
        resolver.setSuffix(".html");
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
        engine.setTemplateResolver(resolver);
    }

    String fill(String template, Map<String, Object> model, Locale locale) {
        return engine.process(template, new Context(locale, model));
    }

    List<Locale> languages(String template) {
        return languages.computeIfAbsent(template, Templates::find);
    }

    private static List<Locale> find(String template) {
        try {
            var found = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:" + FOLDER + template + "_*" + TEXTS);
            var others = Stream.of(found)
                    .map(Resource::getFilename)
                    .filter(Objects::nonNull)
                    .map(name -> name.substring(template.length() + 1, name.length() - TEXTS.length()))
                    .sorted()
                    .map(Locale::of);
            return Stream.concat(Stream.of(Locale.ENGLISH), others).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.abendkasse.server.document;

import dev.abendkasse.server.threads.WorkQueue;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Makes PDF documents from the templates in the folder {@code documents}: {@code <name>.html} is the template,
 * {@code <name>.properties} its English texts, {@code <name>_<language>.properties} those of other languages. A language is
 * added by adding a file.
 */
@Component
public class Documents implements DisposableBean {

    private final Templates templates = new Templates();
    private final PdfRenderer renderer = new PdfRenderer();
    private final WorkQueue queue;

    public Documents(DocumentProperties properties) {
        queue = new WorkQueue("documents", properties.threads(), properties.queue());
    }

    @Override
    public void destroy() {
        queue.close();
    }

    /** The languages that this template has texts in, English first. */
    public List<Locale> languages(String template) {
        return templates.languages(template);
    }

    /**
     * Fills the template in and renders it, on a thread of its own.
     *
     * @param model what the template speaks of; {@code format} is added to it, a {@link Formats}
     */
    public Mono<byte[]> pdf(String template, Map<String, Object> model, Locale locale) {
        var all = new HashMap<>(model);
        all.put("format", new Formats(locale));
        return queue.run(() -> renderer.render(templates.fill(template, all, locale)));
    }
}

package dev.abendkasse.server.document;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.render.DefaultObjectDrawerFactory;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;

/** Renders XHTML to PDF. It reads nothing but what it is given: no file, no address. */
final class PdfRenderer {

    /** One family covers what European names are written in, Greek and Cyrillic too. */
    private static final String FONTS = "net/sf/jasperreports/fonts/dejavu/DejaVuSansCondensed";

    private static final String FAMILY = "DejaVu Sans Condensed";
    private static final int REGULAR = 400;
    private static final int BOLD = 700;

    /** Stands for each letter that the font lacks. */
    private static final String REPLACEMENT = "\u25a1";

    private static final Pattern NOT_XML =
            Pattern.compile("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private final FSSupplier<InputStream> regular = font(".ttf");
    private final FSSupplier<InputStream> bold = font("-Bold.ttf");
    private final DefaultObjectDrawerFactory drawers = new DefaultObjectDrawerFactory();

    PdfRenderer() {
        XRLog.setLoggerImpl(new RendererLog());
        drawers.registerDrawer(QrDrawer.TYPE, new QrDrawer());
    }

    byte[] render(String html) throws IOException {
        var pdf = new ByteArrayOutputStream();
        new PdfRendererBuilder()
                .withHtmlContent(NOT_XML.matcher(html).replaceAll(REPLACEMENT), null)
                .useFont(regular, FAMILY, REGULAR, FontStyle.NORMAL, true)
                .useFont(bold, FAMILY, BOLD, FontStyle.NORMAL, true)
                .useReplacementText(REPLACEMENT)
                .useObjectDrawerFactory(drawers)
                .useExternalResourceAccessControl(
                        (_, _) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI)
                .usePdfUaAccessibility(true)
                .withProducer("Abendkasse")
                .toStream(pdf)
                .run();
        return pdf.toByteArray();
    }

    /** Read once and kept: a thread that is interrupted while it reads the jar would close it for all. */
    private static FSSupplier<InputStream> font(String ending) {
        try {
            var bytes = new ClassPathResource(FONTS + ending).getContentAsByteArray();
            return () -> new ByteArrayInputStream(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

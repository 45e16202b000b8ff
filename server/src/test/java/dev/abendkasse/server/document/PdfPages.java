package dev.abendkasse.server.document;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;

/** Reads a PDF back as people and cameras would: its texts, and what its pages look like. */
public final class PdfPages {

    private static final int DPI = 150;

    private final byte[] pdf;

    private PdfPages(byte[] pdf) {
        this.pdf = pdf;
    }

    public static PdfPages of(byte[] pdf) {
        return new PdfPages(pdf);
    }

    private interface Reading<T> {
        T of(PDDocument document) throws IOException;
    }

    public int count() {
        return read(PDDocument::getNumberOfPages);
    }

    public String title() {
        return read(document -> document.getDocumentInformation().getTitle());
    }

    public String language() {
        return read(document -> document.getDocumentCatalog().getLanguage());
    }

    /** The text of each page. */
    public List<String> texts() {
        return read(document -> IntStream.rangeClosed(1, document.getNumberOfPages())
                .mapToObj(page -> text(document, page))
                .toList());
    }

    /** A picture of one page. */
    public BufferedImage picture(int page) {
        return read(document -> new PDFRenderer(document).renderImageWithDPI(page, DPI));
    }

    /** What a camera reads from one page. */
    public String code(int page) {
        var picture = picture(page);
        var pixels = picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        var source = new RGBLuminanceSource(picture.getWidth(), picture.getHeight(), pixels);
        try {
            return new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)))
                    .getText();
        } catch (NotFoundException e) {
            throw new AssertionError("There is no QR code on page " + page, e);
        } catch (ReaderException e) {
            throw new AssertionError("The QR code on page " + page + " cannot be read", e);
        }
    }

    private static String text(PDDocument document, int page) {
        try {
            var stripper = new PDFTextStripper();
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            return stripper.getText(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T read(Reading<T> reading) {
        try (var document = Loader.loadPDF(pdf)) {
            return reading.of(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

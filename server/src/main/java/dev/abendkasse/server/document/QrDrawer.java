package dev.abendkasse.server.document;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.extend.OutputDevice;
import com.openhtmltopdf.render.RenderingContext;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Draws {@code <object type="image/x-qr" data="…">} as a QR code with error correction M: as one path, so that it is sharp at
 * any size. The quiet zone is part of the drawing.
 */
final class QrDrawer implements FSObjectDrawer {

    static final String TYPE = "image/x-qr";

    private static final int QUIET = 4;

    @Override
    public @Nullable Map<Shape, String> drawObject(
            Element element,
            double x,
            double y,
            double width,
            double height,
            OutputDevice device,
            RenderingContext context,
            int dotsPerPixel) {
        var modules = modules(element.getAttribute("data"));
        var size = modules.getWidth() + 2 * QUIET;
        var across = (float) width / dotsPerPixel;
        var down = (float) height / dotsPerPixel;
        device.drawWithGraphics((float) x, (float) y, across, down, graphics -> {
            graphics.scale(across / size, down / size);
            draw(graphics, modules);
        });
        return null;
    }

    private static ByteMatrix modules(String text) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("Too long for a QR code", e);
        }
    }

    private static void draw(Graphics2D graphics, ByteMatrix modules) {
        var path = new Path2D.Double();
        for (int row = 0; row < modules.getHeight(); row++) {
            for (int column = 0; column < modules.getWidth(); column++) {
                var length = darkFrom(modules, column, row);
                append(path, QUIET + column, QUIET + row, length);
                column += length;
            }
        }
        graphics.setColor(Color.BLACK);
        graphics.fill(path);
    }

    /** How many dark modules stand beside each other from here on. */
    private static int darkFrom(ByteMatrix modules, int column, int row) {
        var end = column;
        while (end < modules.getWidth() && modules.get(end, row) == 1) {
            end++;
        }
        return end - column;
    }

    private static void append(Path2D path, int x, int y, int length) {
        if (length > 0) {
            path.append(new Rectangle(x, y, length, 1), false);
        }
    }
}

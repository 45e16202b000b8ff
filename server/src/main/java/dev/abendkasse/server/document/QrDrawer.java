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
                if (modules.get(column, row) == 1) {
                    append(path, QUIET + column, QUIET + row);
                }
            }
        }
        graphics.setColor(Color.BLACK);
        graphics.fill(path);
    }

    private static void append(Path2D path, int x, int y) {
        path.moveTo(x, y);
        path.lineTo(x + 1, y);
        path.lineTo(x + 1, y + 1);
        path.lineTo(x, y + 1);
        path.closePath();
    }
}

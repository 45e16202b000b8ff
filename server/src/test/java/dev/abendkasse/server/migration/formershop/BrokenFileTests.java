package dev.abendkasse.server.migration.formershop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** That they are broken in the way that their names say. */
class BrokenFileTests {

    private static final String WRONGLY_ENCODED = "LATIN_.*|CHARACTER_CUT_OFF|NO_CHARACTER_OF_WINDOWS";

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = WRONGLY_ENCODED)
    void fileIsNotInTheEncodingThatItIsSaidToBeIn(BrokenFile file) throws IOException {
        var decoder = file.style().charset().newDecoder();
        var bytes = ByteBuffer.wrap(bytes(file));

        assertThatThrownBy(() -> decoder.decode(bytes)).isInstanceOf(CharacterCodingException.class);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = "ZIPPED_(IS|SUM|ONLY).*")
    void zippedFileCannotBeUnzipped(BrokenFile file) throws IOException {
        var bytes = bytes(file);

        assertThatThrownBy(() -> unzipped(bytes)).isInstanceOf(IOException.class);
    }

    @Test
    void bombIsSoundAndHundredsOfTimesAsLargeAsItLooks() throws IOException {
        var bytes = bytes(BrokenFile.ZIPPED_BOMB);

        assertThat(unzipped(bytes) / bytes.length).isGreaterThan(200);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ANY, names = ".*ENDLESS")
    void endlessFileIsLargerThanAnyLine(BrokenFile file) throws IOException {
        assertThat(bytes(file)).hasSizeGreaterThan(60_000_000);
    }

    private static byte[] bytes(BrokenFile file) throws IOException {
        var bytes = new ByteArrayOutputStream();
        file.writeTo(bytes);
        return bytes.toByteArray();
    }

    /** How many bytes it holds. */
    private static long unzipped(byte[] bytes) throws IOException {
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            var buffer = new byte[1 << 16];
            long all = 0;
            for (int read = unzipped.read(buffer); read >= 0; read = unzipped.read(buffer)) {
                all += read;
            }
            return all;
        }
    }
}

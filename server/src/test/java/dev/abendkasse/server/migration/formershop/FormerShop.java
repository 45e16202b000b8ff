package dev.abendkasse.server.migration.formershop;

import java.time.Instant;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A shop that is given up, and its customers, made up one after the other: as many as wanted and always the same. What must become
 * of each is known from how it was made, and not from reading it.
 *
 * @param size rows of the file
 * @param seed another shop for another number
 */
public record FormerShop(int size, long seed, Style style) {

    /** When the file was written. What was said here later is newer. */
    public static final Instant EXPORTED_AT = Instant.parse("2025-06-30T22:00:00Z");

    /** In the order of the file. Takes no more memory than the rows that wait for their place. */
    public Stream<FormerRow> rows() {
        return StreamSupport.stream(
                Spliterators.spliterator(
                        new Rows(size, seed, style),
                        size,
                        Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE),
                false);
    }

    /** Who must have an account before the import begins. */
    public Stream<Resident> residents() {
        return rows().map(FormerRow::resident).flatMap(Stream::ofNullable);
    }

    /** The file, byte by byte as the shop writes it. */
    public ExportFile file() {
        return new ExportFile(this);
    }
}

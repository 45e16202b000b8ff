package dev.abendkasse.server.mail.store;

import static dev.abendkasse.server.database.Columns.value;

import dev.abendkasse.server.mail.MailboxComponent;
import dev.abendkasse.server.mail.domain.KeptMail;
import io.r2dbc.spi.Readable;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The mailbox_mail table. */
@MailboxComponent
public class MailboxStore {

    /** A repetition is dropped, as a receiver drops a mail whose Message-ID it has seen. */
    private static final String KEEP = """
            insert into mailbox_mail (mail_id, recipient, subject, source) values (:id, :recipient, :subject, :source)
            on conflict (mail_id) do nothing
            """;

    private static final String FORGET = """
            delete from mailbox_mail
             where mail_id in (select mail_id from mailbox_mail
                                order by at desc, mail_id desc offset :size
                                  for update skip locked)
            """;

    private static final String NEWEST = """
            select mail_id, recipient, subject, at from mailbox_mail order by at desc, mail_id desc limit :size
            """;

    private static final String SOURCE = """
            select source from mailbox_mail where mail_id = :id
            """;

    private final DatabaseClient db;

    MailboxStore(DatabaseClient db) {
        this.db = db;
    }

    public Mono<Void> keep(UUID id, String recipient, String subject, byte[] source) {
        return db.sql(KEEP)
                .bind("id", id)
                .bind("recipient", recipient)
                .bind("subject", subject)
                .bind("source", ByteBuffer.wrap(source))
                .then();
    }

    /** All but the newest. */
    public Mono<Void> forget(int size) {
        return db.sql(FORGET).bind("size", size).then();
    }

    public Flux<KeptMail> newest(int size) {
        return db.sql(NEWEST).bind("size", size).map(MailboxStore::toMail).all();
    }

    public Mono<byte[]> source(UUID id) {
        return db.sql(SOURCE).bind("id", id).mapValue(byte[].class).one();
    }

    private static KeptMail toMail(Readable row) {
        return new KeptMail(
                value(row, "mail_id", UUID.class),
                value(row, "recipient", String.class),
                value(row, "subject", String.class),
                value(row, "at", Instant.class));
    }
}

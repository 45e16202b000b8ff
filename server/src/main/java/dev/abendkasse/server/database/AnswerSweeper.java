package dev.abendkasse.server.database;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets the answers to keys that are older than the contract promises to keep them. */
@Component
class AnswerSweeper {

    private static final String FORGET = """
            delete from idempotency_key
             where (scope, key) in (select scope, key from idempotency_key
                                     where created_at < clock_timestamp() - interval '48 hours'
                                     limit 1000
                                       for update skip locked)
            """;

    private final DatabaseClient db;

    AnswerSweeper(DatabaseClient db) {
        this.db = db;
    }

    @Scheduled(fixedDelayString = "${abendkasse.database.forget-answers-every:1m}")
    Mono<Void> forget() {
        return db.sql(FORGET).then();
    }
}

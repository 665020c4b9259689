package pregao.ingest.candle;

import java.util.List;

import pregao.ingest.topic.Message;

/**
 * Candles that are in the database.
 *
 * @param puts what became of each, in the order they were sent
 * @param changed what others must hear of
 * @param outboxId the row of the outbox that holds {@code changed}; 0 where there is none
 */
record Stored(List<Put> puts, List<Message> changed, long outboxId) {

    Stored {
        puts = List.copyOf(puts);
        changed = List.copyOf(changed);
    }

}

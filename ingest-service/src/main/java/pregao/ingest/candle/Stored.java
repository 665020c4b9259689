package pregao.ingest.candle;

import java.util.List;

import pregao.ingest.topic.Message;

/**
 * Candles that are in the database, and those of their request that are held back.
 *
 * @param puts what became of each that is believed, in the order they were sent
 * @param held what is not believed
 * @param changed what others must hear of
 * @param outboxId the row of the outbox that holds {@code changed}; 0 where there is none
 */
record Stored(List<Put> puts, Held held, List<Message> changed, long outboxId) {

    /** Nothing new. */
    static final Stored NOTHING = new Stored(List.of(), Held.NONE, List.of(), 0);

    Stored {
        puts = List.copyOf(puts);
        changed = List.copyOf(changed);
    }

}

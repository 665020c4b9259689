/**
 * Storage of candles in the database, and publication through the outbox to the topic
 * {@code candle}.
 */
@NullMarked
package pregao.ingest.candle;

import org.jspecify.annotations.NullMarked;

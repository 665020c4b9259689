/**
 * Candles on their way out: into the database, and from there to the topic of their name.
 */
@NullMarked
package pregao.ingest.candle;

import org.jspecify.annotations.NullMarked;

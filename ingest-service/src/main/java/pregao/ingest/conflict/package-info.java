/**
 * HTTP API for conflicts: final candles that differ from the stored final candle.
 */
@NullMarked
package pregao.ingest.conflict;

import org.jspecify.annotations.NullMarked;

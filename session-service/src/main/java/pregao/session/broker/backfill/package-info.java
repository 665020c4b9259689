/**
 * Fills requested ranges of missing candles: fetches them from the broker and sends them
 * to ingest.
 */
@NullMarked
package pregao.session.broker.backfill;

import org.jspecify.annotations.NullMarked;

/**
 * Answers wishes for candles that are missing: asks the broker, posts to ingest.
 */
@NullMarked
package pregao.session.broker.backfill;

import org.jspecify.annotations.NullMarked;

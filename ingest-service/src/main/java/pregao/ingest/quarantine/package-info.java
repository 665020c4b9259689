/**
 * HTTP API for candles and ticks in quarantine, and their release.
 */
@NullMarked
package pregao.ingest.quarantine;

import org.jspecify.annotations.NullMarked;

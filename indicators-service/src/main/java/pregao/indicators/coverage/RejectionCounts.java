package pregao.indicators.coverage;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of candles of a series that ingest did not accept as they were; null if the
 * view does not exist.
 *
 * @param conflicts final candles that arrived again with other values
 * @param held candles in quarantine
 * @param released candles that were released from quarantine
 */
record RejectionCounts(@Nullable Long conflicts, @Nullable Long held, @Nullable Long released) {
}

package pregao.indicators.coverage;

import org.jspecify.annotations.Nullable;

/**
 * Candles of an instrument that ingest did not take as they were; null where ingest keeps
 * no such list.
 *
 * @param conflicts final candles that came again with other values
 * @param held candles in quarantine
 * @param released candles that were let out of it
 */
record RejectionCounts(@Nullable Long conflicts, @Nullable Long held, @Nullable Long released) {
}

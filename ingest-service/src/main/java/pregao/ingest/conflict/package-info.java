/**
 * What a trader sees of final candles that others contradict, and how one is accepted.
 */
@NullMarked
package pregao.ingest.conflict;

import org.jspecify.annotations.NullMarked;

/**
 * What a trader sees of candles that were not believed, and how they are released.
 */
@NullMarked
package pregao.ingest.quarantine;

import org.jspecify.annotations.NullMarked;

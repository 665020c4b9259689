/**
 * What is asked of those who can fetch candles: to fill a gap.
 */
@NullMarked
package pregao.contracts.backfill;

import org.jspecify.annotations.NullMarked;

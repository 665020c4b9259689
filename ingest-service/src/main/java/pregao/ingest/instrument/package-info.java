/**
 * Which instruments a feed has, how many it may have, and the decimals of their prices.
 */
@NullMarked
package pregao.ingest.instrument;

import org.jspecify.annotations.NullMarked;

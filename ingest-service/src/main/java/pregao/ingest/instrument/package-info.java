/**
 * The instruments of each feed, their maximum number, and the number of decimals of their
 * prices.
 */
@NullMarked
package pregao.ingest.instrument;

import org.jspecify.annotations.NullMarked;

/**
 * Limits on the requests and body bytes in flight.
 */
@NullMarked
package pregao.ingest.backpressure;

import org.jspecify.annotations.NullMarked;

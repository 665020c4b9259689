/**
 * Entry point of ingest-service, which receives candles and ticks and responds item by
 * item. The service never loses an item that it acknowledged.
 */
@NullMarked
package pregao.ingest;

import org.jspecify.annotations.NullMarked;

/**
 * Sends recorded candles and ticks through the HTTP API, and compares what comes back.
 */
@NullMarked
package pregao.devcluster.replay;

import org.jspecify.annotations.NullMarked;

/**
 * Ingestion of ticks and publication to the topic {@code tick}.
 */
@NullMarked
package pregao.ingest.tick;

import org.jspecify.annotations.NullMarked;

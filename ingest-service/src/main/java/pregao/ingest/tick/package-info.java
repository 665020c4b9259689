/**
 * Ticks on their way out to the topic of their name.
 */
@NullMarked
package pregao.ingest.tick;

import org.jspecify.annotations.NullMarked;

/**
 * Whether the service can do its work.
 */
@NullMarked
package pregao.ingest.health;

import org.jspecify.annotations.NullMarked;

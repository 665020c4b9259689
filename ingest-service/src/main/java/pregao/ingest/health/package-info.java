/**
 * Public health endpoint.
 */
@NullMarked
package pregao.ingest.health;

import org.jspecify.annotations.NullMarked;

/**
 * API keys, from the service's properties and from the topic {@code key}.
 */
@NullMarked
package pregao.ingest.key;

import org.jspecify.annotations.NullMarked;

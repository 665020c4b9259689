/**
 * Kafka as ingest uses it: topics made, settings followed, records published.
 */
@NullMarked
package pregao.ingest.topic;

import org.jspecify.annotations.NullMarked;

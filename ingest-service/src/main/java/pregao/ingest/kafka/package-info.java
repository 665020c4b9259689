/**
 * Kafka as ingest uses it: topics made, settings followed, records published.
 */
@NullMarked
package pregao.ingest.kafka;

import org.jspecify.annotations.NullMarked;

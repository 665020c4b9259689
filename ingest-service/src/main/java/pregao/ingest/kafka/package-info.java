/**
 * Kafka clients: provisioning of topics, in-memory copies of compacted topics, and
 * publishing of records.
 */
@NullMarked
package pregao.ingest.kafka;

import org.jspecify.annotations.NullMarked;

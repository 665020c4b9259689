/**
 * The consumer of every service that reads market topics: polls, stores the results and
 * the offsets in one transaction, publishes, and recovers partitions from their previous
 * owner.
 */
@NullMarked
package pregao.pipeline.consumer;

import org.jspecify.annotations.NullMarked;

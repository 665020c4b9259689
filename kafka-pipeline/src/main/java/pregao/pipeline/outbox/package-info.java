/**
 * The parts that the transactional outboxes of the services share.
 */
@NullMarked
package pregao.pipeline.outbox;

import org.jspecify.annotations.NullMarked;

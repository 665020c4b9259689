/**
 * What the outboxes of services have in common.
 */
@NullMarked
package pregao.pipeline.outbox;

import org.jspecify.annotations.NullMarked;

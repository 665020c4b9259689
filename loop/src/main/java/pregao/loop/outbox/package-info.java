/**
 * What the outboxes of services have in common.
 */
@NullMarked
package pregao.loop.outbox;

import org.jspecify.annotations.NullMarked;

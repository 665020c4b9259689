/**
 * What the replicas of the gateway share; it may be away at any moment.
 */
@NullMarked
package pregao.gateway.redis;

import org.jspecify.annotations.NullMarked;

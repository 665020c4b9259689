/**
 * State that the replicas of the gateway share in Redis, which may be unavailable at any
 * time.
 */
@NullMarked
package pregao.gateway.redis;

import org.jspecify.annotations.NullMarked;

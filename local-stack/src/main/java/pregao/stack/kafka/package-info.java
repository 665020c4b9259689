/**
 * One Kafka broker on this machine, in a JVM of its own.
 */
@NullMarked
package pregao.stack.kafka;

import org.jspecify.annotations.NullMarked;

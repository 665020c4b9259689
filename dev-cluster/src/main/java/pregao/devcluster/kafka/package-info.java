/**
 * One Kafka broker on this machine, in a JVM of its own.
 */
@NullMarked
package pregao.devcluster.kafka;

import org.jspecify.annotations.NullMarked;

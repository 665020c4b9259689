/**
 * Orders on their way to brokers: written down, sent once at most, and followed to their
 * end.
 */
@NullMarked
package pregao.session.broker.execution;

import org.jspecify.annotations.NullMarked;

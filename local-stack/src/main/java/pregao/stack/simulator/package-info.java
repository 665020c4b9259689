/**
 * Brokers that exist on this machine only.
 */
@NullMarked
package pregao.stack.simulator;

import org.jspecify.annotations.NullMarked;

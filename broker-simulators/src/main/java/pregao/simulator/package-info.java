/**
 * What every simulated broker has: one thread behind a port, a control endpoint, faults
 * that are switched on, and trees of JSON.
 */
@NullMarked
package pregao.simulator;

import org.jspecify.annotations.NullMarked;

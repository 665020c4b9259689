/**
 * What every simulated broker has: faults that are switched on, and trees of JSON.
 */
@NullMarked
package pregao.simulator;

import org.jspecify.annotations.NullMarked;

/**
 * Brokers that exist on this machine only.
 */
@NullMarked
package pregao.devcluster.brokersimulator;

import org.jspecify.annotations.NullMarked;

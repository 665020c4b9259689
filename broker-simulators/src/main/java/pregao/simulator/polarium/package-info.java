/**
 * A broker that speaks Polarium's protocol on this machine only, and misbehaves when told
 * to.
 */
@NullMarked
package pregao.simulator.polarium;

import org.jspecify.annotations.NullMarked;

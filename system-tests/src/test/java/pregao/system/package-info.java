/**
 * The product from outside: what goes in by HTTP comes out right, whatever happens
 * meanwhile.
 */
@NullMarked
package pregao.system;

import org.jspecify.annotations.NullMarked;

/**
 * How long the inner loops take, by JMH.
 */
@NullMarked
package pregao.benchmark;

import org.jspecify.annotations.NullMarked;

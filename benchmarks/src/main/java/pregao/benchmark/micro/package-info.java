/**
 * How long the inner loops take, by JMH.
 */
@NullMarked
package pregao.benchmark.micro;

import org.jspecify.annotations.NullMarked;

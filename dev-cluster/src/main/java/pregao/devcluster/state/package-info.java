/**
 * What a running stack says of itself, in a file that other commands read.
 */
@NullMarked
package pregao.devcluster.state;

import org.jspecify.annotations.NullMarked;

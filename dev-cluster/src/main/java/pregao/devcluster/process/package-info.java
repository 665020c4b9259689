/**
 * Child processes: started with a log and a pid file, found again, signalled, stopped.
 */
@NullMarked
package pregao.devcluster.process;

import org.jspecify.annotations.NullMarked;

/**
 * Who dies is started again, each time after a longer wait.
 */
@NullMarked
package pregao.devcluster.supervision;

import org.jspecify.annotations.NullMarked;

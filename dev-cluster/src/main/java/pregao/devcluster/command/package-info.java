/**
 * The commands of ./pregao, one class each.
 */
@NullMarked
package pregao.devcluster.command;

import org.jspecify.annotations.NullMarked;

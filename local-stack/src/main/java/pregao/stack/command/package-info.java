/**
 * The commands of ./pregao, one class each.
 */
@NullMarked
package pregao.stack.command;

import org.jspecify.annotations.NullMarked;

/**
 * The topic {@code signal}: what strategies decide.
 */
@NullMarked
package pregao.contracts.signal;

import org.jspecify.annotations.NullMarked;

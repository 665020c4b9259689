/**
 * API keys, which are read from the topic {@code key}.
 */
@NullMarked
package pregao.gateway.key;

import org.jspecify.annotations.NullMarked;

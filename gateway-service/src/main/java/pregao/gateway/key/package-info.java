/**
 * Known API keys, read from the topic of keys and followed.
 */
@NullMarked
package pregao.gateway.key;

import org.jspecify.annotations.NullMarked;

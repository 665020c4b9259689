/**
 * The two EAs in use, which send what theirs send, byte for byte.
 */
@NullMarked
package pregao.system.ea;

import org.jspecify.annotations.NullMarked;

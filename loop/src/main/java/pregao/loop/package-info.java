/**
 * The loop that every reader of market topics runs: polls, stores what comes of it in one
 * transaction together with how far it is, publishes, and takes over from its last owner.
 */
@NullMarked
package pregao.loop;

import org.jspecify.annotations.NullMarked;

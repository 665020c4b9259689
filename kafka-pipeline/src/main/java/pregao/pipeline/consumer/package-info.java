/**
 * The loop that every reader of market topics runs: polls, stores what comes of it in one
 * transaction together with how far it is, publishes, and takes over from its last owner.
 */
@NullMarked
package pregao.pipeline.consumer;

import org.jspecify.annotations.NullMarked;

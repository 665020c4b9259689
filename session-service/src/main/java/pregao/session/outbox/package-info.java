/**
 * Transactional outbox for keys, feeds, logins and broker session events. It guarantees
 * that the last record of each key is the current state.
 */
@NullMarked
package pregao.session.outbox;

import org.jspecify.annotations.NullMarked;

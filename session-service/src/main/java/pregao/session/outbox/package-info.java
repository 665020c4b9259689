/**
 * From the tables of keys and feeds to their topics, so that the newest state is always
 * the last one published.
 */
@NullMarked
package pregao.session.outbox;

import org.jspecify.annotations.NullMarked;

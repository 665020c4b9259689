/**
 * Which replica speaks for which broker account: one at a time, by epochs in PostgreSQL.
 */
@NullMarked
package pregao.session.broker.ownership;

import org.jspecify.annotations.NullMarked;

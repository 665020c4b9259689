/**
 * Ownership of broker accounts by replicas: one owner at a time, fenced by epochs in
 * PostgreSQL.
 */
@NullMarked
package pregao.session.broker.ownership;

import org.jspecify.annotations.NullMarked;

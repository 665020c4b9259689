/**
 * Broker accounts of users: connected once, and kept open by the replica that owns them.
 */
@NullMarked
package pregao.session.broker.account;

import org.jspecify.annotations.NullMarked;

/**
 * Accounts of people at brokers: connected once, kept open by the replica that owns them.
 */
@NullMarked
package pregao.session.broker.account;

import org.jspecify.annotations.NullMarked;

/**
 * The interface to brokers: sessions, orders, and their results.
 */
@NullMarked
package pregao.session.broker.api;

import org.jspecify.annotations.NullMarked;

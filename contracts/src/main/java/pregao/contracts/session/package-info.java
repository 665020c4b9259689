/**
 * What happens to the sessions of users at their brokers.
 */
@NullMarked
package pregao.contracts.session;

import org.jspecify.annotations.NullMarked;

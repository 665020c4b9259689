/**
 * Speaks the product's HTTP API and its database, and waits with messages.
 */
@NullMarked
package pregao.system.driver;

import org.jspecify.annotations.NullMarked;

/**
 * Access control: clients need a token of the gateway.
 */
@NullMarked
package pregao.indicators.security;

import org.jspecify.annotations.NullMarked;

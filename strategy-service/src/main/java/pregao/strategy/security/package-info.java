/**
 * Authentication and authorization of requests.
 */
@NullMarked
package pregao.strategy.security;

import org.jspecify.annotations.NullMarked;

/**
 * Authentication and authorization of requests by API key or user token.
 */
@NullMarked
package pregao.gateway.auth;

import org.jspecify.annotations.NullMarked;

/**
 * Authentication and authorization of requests.
 */
@NullMarked
package pregao.session.identity.security;

import org.jspecify.annotations.NullMarked;

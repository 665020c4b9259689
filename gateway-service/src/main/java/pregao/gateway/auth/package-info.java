/**
 * Who may pass: the check of a request's API key before it goes on.
 */
@NullMarked
package pregao.gateway.auth;

import org.jspecify.annotations.NullMarked;

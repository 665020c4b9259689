/**
 * Verification of the tokens of users, API keys and services.
 */
@NullMarked
package pregao.webapi.security;

import org.jspecify.annotations.NullMarked;

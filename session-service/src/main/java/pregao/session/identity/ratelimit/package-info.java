/**
 * How often one may try, which slows down who guesses and nobody else.
 */
@NullMarked
package pregao.session.identity.ratelimit;

import org.jspecify.annotations.NullMarked;

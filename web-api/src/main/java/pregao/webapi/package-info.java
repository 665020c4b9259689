/**
 * Shared web layer of the services: problem details, strict request checks, and token
 * verification.
 */
@NullMarked
package pregao.webapi;

import org.jspecify.annotations.NullMarked;

/**
 * OpenAPI documents of all services on one page.
 */
@NullMarked
package pregao.gateway.docs;

import org.jspecify.annotations.NullMarked;

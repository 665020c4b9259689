/**
 * What is done about a service that does not answer: asked once more where that is safe,
 * then left alone for a while.
 */
@NullMarked
package pregao.gateway.circuitbreaker;

import org.jspecify.annotations.NullMarked;

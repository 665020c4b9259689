/**
 * Reads JSON documents field by field, so that a response can list all errors at once.
 */
@NullMarked
package pregao.strategy.json;

import org.jspecify.annotations.NullMarked;

/**
 * JSON documents, read field by field so that all that is wrong is told at once.
 */
@NullMarked
package pregao.strategy.json;

import org.jspecify.annotations.NullMarked;

/**
 * What a reader may ask for, checked; no framework.
 */
@NullMarked
package pregao.indicators.query;

import org.jspecify.annotations.NullMarked;

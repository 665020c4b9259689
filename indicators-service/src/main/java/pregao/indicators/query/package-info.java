/**
 * The validated parameters of the API, without any framework.
 */
@NullMarked
package pregao.indicators.query;

import org.jspecify.annotations.NullMarked;

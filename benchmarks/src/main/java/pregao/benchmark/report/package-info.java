/**
 * The table of what was asked for and what was measured.
 */
@NullMarked
package pregao.benchmark.report;

import org.jspecify.annotations.NullMarked;

/**
 * The services as child processes: their jars, caches, options and environment.
 */
@NullMarked
package pregao.stack.service;

import org.jspecify.annotations.NullMarked;

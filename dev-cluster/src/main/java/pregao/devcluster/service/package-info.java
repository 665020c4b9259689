/**
 * The services as child processes: their jars, caches, options and environment.
 */
@NullMarked
package pregao.devcluster.service;

import org.jspecify.annotations.NullMarked;

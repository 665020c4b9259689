/**
 * Who asks about what is held back of feeds: an API key or a person who is logged in.
 */
@NullMarked
package pregao.ingest.access;

import org.jspecify.annotations.NullMarked;

/**
 * What every post passes before its items are read: key, limit, body.
 */
@NullMarked
package pregao.ingest.request;

import org.jspecify.annotations.NullMarked;

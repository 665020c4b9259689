/**
 * What every ingest request passes through before its items are parsed: API key, limits,
 * body.
 */
@NullMarked
package pregao.ingest.request;

import org.jspecify.annotations.NullMarked;

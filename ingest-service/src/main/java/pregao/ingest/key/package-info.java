/**
 * Who may send: API keys, from settings and from their topic.
 */
@NullMarked
package pregao.ingest.key;

import org.jspecify.annotations.NullMarked;

/**
 * Parsers for what an expert advisor sends: from the bytes of a request to candles and
 * ticks.
 */
@NullMarked
package pregao.ingest.parser;

import org.jspecify.annotations.NullMarked;

/**
 * The prices of brokers, as one feed for everybody: each instrument is streamed once in
 * the whole installation, from whichever session is open.
 */
@NullMarked
package pregao.session.broker.marketdata;

import org.jspecify.annotations.NullMarked;

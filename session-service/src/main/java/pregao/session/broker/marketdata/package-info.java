/**
 * Market data of brokers, as one shared feed per broker: each instrument is streamed once
 * per installation, through any open session.
 */
@NullMarked
package pregao.session.broker.marketdata;

import org.jspecify.annotations.NullMarked;

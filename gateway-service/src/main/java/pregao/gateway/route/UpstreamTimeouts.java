package pregao.gateway.route;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long the answer to a request may take to begin; after that the caller is told 504.
 *
 * @param ingest of what takes candles and ticks
 * @param marketData of what reads them
 * @param strategy of the catalogue, backtests, bots and orders
 * @param session of people, their logins and keys
 * @param health of the question how it is
 */
@ConfigurationProperties("pregao.gateway.timeout")
record UpstreamTimeouts(@DefaultValue("10s") Duration ingest, @DefaultValue("10s") Duration marketData,
        @DefaultValue("10s") Duration strategy, @DefaultValue("10s") Duration session,
        @DefaultValue("2s") Duration health) {

}

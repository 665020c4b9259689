package pregao.gateway.route;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Timeouts until a response begins, after which the caller gets a 504.
 *
 * @param ingest the timeout of candle and tick uploads
 * @param marketData the timeout of market data queries
 * @param strategy the timeout of the catalog, backtests, bots and orders
 * @param session the timeout of users, logins and API keys
 * @param health the timeout of the health check
 */
@ConfigurationProperties("pregao.gateway.timeout")
record UpstreamTimeouts(@DefaultValue("10s") Duration ingest, @DefaultValue("10s") Duration marketData,
        @DefaultValue("10s") Duration strategy, @DefaultValue("10s") Duration session,
        @DefaultValue("2s") Duration health) {

}

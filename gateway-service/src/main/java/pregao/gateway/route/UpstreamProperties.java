package pregao.gateway.route;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * URLs of the services.
 *
 * @param ingestUrl ingest-service, which accepts candles and ticks
 * @param aggregatorUrl aggregator-service; only its API document is requested
 * @param indicatorsUrl indicators-service, which serves market data
 * @param strategyUrl strategy-service, which serves the catalog, backtests, bots and
 * orders
 * @param sessionUrl session-service, which serves users, logins, API keys and feeds
 */
@ConfigurationProperties("pregao")
public record UpstreamProperties(@DefaultValue("http://127.0.0.1:8082") URI ingestUrl,
        @DefaultValue("http://127.0.0.1:8083") URI aggregatorUrl,
        @DefaultValue("http://127.0.0.1:8084") URI indicatorsUrl,
        @DefaultValue("http://127.0.0.1:8085") URI strategyUrl, @DefaultValue("http://127.0.0.1:8081") URI sessionUrl) {

    /**
     * Returns the URLs of all services.
     * @return the URLs by service name, in the order of the data flow
     */
    public Map<String, URI> byName() {
        Map<String, URI> byName = new LinkedHashMap<>();
        byName.put("ingest", this.ingestUrl);
        byName.put("aggregator", this.aggregatorUrl);
        byName.put("indicators", this.indicatorsUrl);
        byName.put("strategy", this.strategyUrl);
        byName.put("session", this.sessionUrl);
        return byName;
    }

}

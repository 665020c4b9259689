package pregao.gateway.route;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the services are.
 *
 * @param ingestUrl takes candles and ticks
 * @param aggregatorUrl makes candles; only its documents are asked for
 * @param indicatorsUrl serves market data
 * @param strategyUrl keeps the catalogue, backtests, bots and orders
 * @param sessionUrl knows users, logins, keys and feeds
 */
@ConfigurationProperties("pregao")
public record UpstreamProperties(@DefaultValue("http://127.0.0.1:8082") URI ingestUrl,
        @DefaultValue("http://127.0.0.1:8083") URI aggregatorUrl,
        @DefaultValue("http://127.0.0.1:8084") URI indicatorsUrl,
        @DefaultValue("http://127.0.0.1:8085") URI strategyUrl, @DefaultValue("http://127.0.0.1:8081") URI sessionUrl) {

    /**
     * All of them.
     * @return by name, in the order of the flow
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

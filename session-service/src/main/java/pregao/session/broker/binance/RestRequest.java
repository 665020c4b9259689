package pregao.session.broker.binance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request to Binance's REST API.
 *
 * @param path the path, such as {@code /v3/time}
 * @param weight the request weight
 * @param urgent whether the request belongs to an order and may use the reserved weight
 * @param parameters the query parameters, in the order in which they are sent
 */
record RestRequest(String path, int weight, boolean urgent, Map<String, String> parameters) {

    /** How long after its timestamp Binance still accepts a request, in milliseconds. */
    static final long RECV_WINDOW_MILLIS = 5000;

    static RestRequest of(String path, int weight) {
        return new RestRequest(path, weight, false, Map.of());
    }

    /**
     * Returns this request with one more parameter.
     * @param name the name of the parameter
     * @param value the value of the parameter
     * @return a new request
     */
    RestRequest with(String name, Object value) {
        Map<String, String> newParameters = new LinkedHashMap<>(this.parameters);
        newParameters.put(name, String.valueOf(value));
        return new RestRequest(this.path, this.weight, this.urgent, newParameters);
    }

    /**
     * Returns this request with the parameters of a signed request.
     * @param millis the server time in epoch milliseconds
     * @return a new request, ready to be signed
     */
    RestRequest withTimestamp(long millis) {
        return with("recvWindow", RECV_WINDOW_MILLIS).with("timestamp", millis);
    }

    RestRequest asUrgent() {
        return new RestRequest(this.path, this.weight, true, this.parameters);
    }

    /**
     * Returns the parameters as they are sent and signed.
     * @return the query string, such as {@code symbol=BTCUSDT&limit=5}
     */
    String toQueryString() {
        StringBuilder query = new StringBuilder();
        this.parameters.forEach((name, value) -> query.append(query.isEmpty() ? "" : "&")
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }

}

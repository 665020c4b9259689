package pregao.session.broker.binance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something to ask the broker over HTTP.
 *
 * @param path such as {@code /v3/time}
 * @param weight what it costs
 * @param urgent whether it belongs to an order
 * @param parameters in the order in which they are sent
 */
record RestRequest(String path, int weight, boolean urgent, Map<String, String> parameters) {

    /** How long after its time the broker still accepts a request, milliseconds. */
    static final long RECV_WINDOW_MILLIS = 5000;

    static RestRequest of(String path, int weight) {
        return new RestRequest(path, weight, false, Map.of());
    }

    /**
     * The same question with one more parameter.
     * @param name of it
     * @param value of it
     * @return another question
     */
    RestRequest with(String name, Object value) {
        Map<String, String> newParameters = new LinkedHashMap<>(this.parameters);
        newParameters.put(name, String.valueOf(value));
        return new RestRequest(this.path, this.weight, this.urgent, newParameters);
    }

    /**
     * The same question at a time.
     * @param millis the broker's, epoch milliseconds
     * @return to be signed
     */
    RestRequest withTimestamp(long millis) {
        return with("recvWindow", RECV_WINDOW_MILLIS).with("timestamp", millis);
    }

    RestRequest asUrgent() {
        return new RestRequest(this.path, this.weight, true, this.parameters);
    }

    /**
     * The parameters as they are sent, which is as they are signed.
     * @return such as {@code symbol=BTCUSDT&limit=5}
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

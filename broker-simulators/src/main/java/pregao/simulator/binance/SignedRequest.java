package pregao.simulator.binance;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import io.netty.handler.codec.http.QueryStringDecoder;
import tools.jackson.databind.JsonNode;

import pregao.simulator.Json;

/**
 * What came with a request.
 *
 * @param key the API key, or empty
 * @param parameters all of them
 * @param payload the text that is signed
 * @param signature of it, or empty
 */
record SignedRequest(String key, Parameters parameters, String payload, String signature) {

    private static final String SIGNATURE = "signature";

    /**
     * Reads an HTTP request: of a name that is in both, the query's holds.
     * @param key of the header
     * @param query as sent
     * @param body as sent
     * @return what was asked
     */
    static SignedRequest of(String key, String query, String body) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String part : new String[] { body, query }) {
            new QueryStringDecoder(part, StandardCharsets.UTF_8, false).parameters()
                .forEach((name, all) -> values.put(name, all.getFirst()));
        }
        String all = query + body;
        int at = all.lastIndexOf("&signature=");
        return new SignedRequest(key, new Parameters(values), (at < 0) ? all : all.substring(0, at),
                values.getOrDefault(SIGNATURE, ""));
    }

    /**
     * Reads a request of the WebSocket, whose parameters are signed sorted by name.
     * @param parameters as sent
     * @return what was asked
     */
    static SignedRequest of(JsonNode parameters) {
        Map<String, String> values = new TreeMap<>();
        parameters.propertyStream().forEach((property) -> values.put(property.getKey(), text(property.getValue())));
        String signature = values.getOrDefault(SIGNATURE, "");
        StringBuilder payload = new StringBuilder();
        values.forEach((name, value) -> {
            if (!name.equals(SIGNATURE)) {
                payload.append(payload.isEmpty() ? "" : "&").append(name).append('=').append(value);
            }
        });
        return new SignedRequest(values.getOrDefault("apiKey", ""), new Parameters(values), payload.toString(),
                signature);
    }

    private static String text(JsonNode value) {
        return value.isArray() ? Json.write(value) : value.asString("");
    }

    @Override
    public String toString() {
        return "SignedRequest[" + this.parameters.values().keySet() + "]";
    }

}

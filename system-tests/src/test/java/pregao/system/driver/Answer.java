package pregao.system.driver;

import java.net.http.HttpHeaders;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came back for a request.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the text
 */
public record Answer(int status, HttpHeaders headers, String body) {

    private static final JsonMapper JSON = JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();

    /**
     * The body, read.
     * @return JSON with exact decimals
     */
    public JsonNode json() {
        return JSON.readTree(this.body);
    }

    /**
     * A header.
     * @param name its name
     * @return its value, empty where it is not there
     */
    public String header(String name) {
        return this.headers.firstValue(name).orElse("");
    }

    /**
     * A number of the body.
     * @param name its name
     * @return the number, -1 where it is not there
     */
    public long count(String name) {
        return json().path(name).asLong(-1);
    }

    @Override
    public String toString() {
        return this.status + " " + this.body;
    }

}

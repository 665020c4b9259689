package pregao.system;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies of requests.
 */
final class JsonBodies {

    private JsonBodies() {
    }

    static byte[] of(Map<String, ?> fields) {
        return JsonMapper.shared().writeValueAsString(fields).getBytes(StandardCharsets.UTF_8);
    }

}

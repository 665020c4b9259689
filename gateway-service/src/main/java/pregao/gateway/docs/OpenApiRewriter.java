package pregao.gateway.docs;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A service's OpenAPI, changed so that who tries it out calls the gateway with an API
 * key.
 */
final class OpenApiRewriter {

    private static final String SCHEME = "api_key";

    private final JsonMapper json;

    OpenApiRewriter(JsonMapper json) {
        this.json = json;
    }

    byte[] throughGateway(byte[] document) {
        ObjectNode root = (ObjectNode) this.json.readTree(document);
        root.putArray("servers").addObject().put("url", "/");
        root.withObjectProperty("components")
            .putObject("securitySchemes")
            .putObject(SCHEME)
            .put("type", "apiKey")
            .put("in", "header")
            .put("name", "X-API-Key");
        root.putArray("security").addObject().putArray(SCHEME);
        return this.json.writeValueAsBytes(root);
    }

}

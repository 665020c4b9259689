package pregao.gateway.docs;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rewriter of the OpenAPI documents of services, so that "Try it out" calls the gateway
 * with an API key.
 */
final class OpenApiRewriter {

    private static final String SECURITY_SCHEME = "api_key";

    private final JsonMapper jsonMapper;

    OpenApiRewriter(JsonMapper jsonMapper) {
        this.jsonMapper = jsonMapper;
    }

    byte[] rewrite(byte[] document) {
        ObjectNode root = (ObjectNode) this.jsonMapper.readTree(document);
        root.putArray("servers").addObject().put("url", "/");
        root.withObjectProperty("components")
            .putObject("securitySchemes")
            .putObject(SECURITY_SCHEME)
            .put("type", "apiKey")
            .put("in", "header")
            .put("name", "X-API-Key");
        root.putArray("security").addObject().putArray(SECURITY_SCHEME);
        return this.jsonMapper.writeValueAsBytes(root);
    }

}

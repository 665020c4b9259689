package pregao.session;

import java.net.http.HttpResponse;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the service answered.
 *
 * @param status the HTTP status
 * @param body as it came
 * @param response all of it
 */
record TestResponse(int status, String body, HttpResponse<String> response) {

    JsonNode json() {
        return JsonMapper.shared().readTree(this.body.isEmpty() ? "{}" : this.body);
    }

    String text(String field) {
        return json().path(field).asString();
    }

    /** The last part of the problem's type. */
    String problem() {
        return text("type").replace("/problems/", "");
    }

    String header(String name) {
        return this.response.headers().firstValue(name).orElse("");
    }

}

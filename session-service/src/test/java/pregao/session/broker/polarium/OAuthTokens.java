package pregao.session.broker.polarium;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.Credentials;
import pregao.session.broker.api.Sensitive;

/**
 * OAuth2 login as the user's browser would do it to obtain tokens.
 */
final class OAuthTokens {

    private OAuthTokens() {
    }

    static Credentials.OAuth2 of(int port, String code, String verifier) {
        String form = JsonTrees.write(JsonTrees.createObject()
            .put("grant_type", "authorization_code")
            .put("code", code)
            .put("code_verifier", verifier));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/auth/oauth.v5/token"))
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            JsonNode answer = JsonTrees.parse(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            return new Credentials.OAuth2(new Sensitive(answer.path("access_token").asString("")),
                    new Sensitive(answer.path("refresh_token").asString("")));
        }
        catch (IOException | InterruptedException ex) {
            throw new AssertionError(ex);
        }
    }

}

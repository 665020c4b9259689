package pregao.system.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends requests as they are told to be, byte for byte.
 */
public final class Http {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final HttpClient CLIENT = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(5))
        .build();

    private final URI base;

    private final List<String> headers;

    /**
     * Requests to one place.
     * @param base where
     * @param headers of every request, name and value in turn
     */
    public Http(URI base, String... headers) {
        this.base = base;
        this.headers = List.of(headers);
    }

    /**
     * The same with more headers.
     * @param more name and value in turn
     * @return a copy
     */
    public Http with(String... more) {
        List<String> all = new ArrayList<>(this.headers);
        all.addAll(List.of(more));
        return new Http(this.base, all.toArray(String[]::new));
    }

    /**
     * Reads.
     * @param path with its query
     * @return what came back
     */
    public Answer get(String path) {
        return send("GET", path, new byte[0]);
    }

    /**
     * Posts a text.
     * @param path where to
     * @param body the text
     * @return what came back
     */
    public Answer post(String path, String body) {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Posts bytes.
     * @param path where to
     * @param body the bytes
     * @return what came back
     */
    public Answer post(String path, byte[] body) {
        return send("POST", path, body);
    }

    /**
     * Sends anything.
     * @param method such as DELETE
     * @param path with its query
     * @param body the bytes
     * @return what came back
     * @throws UncheckedIOException where nothing came back
     */
    public Answer send(String method, String path, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(this.base.resolve(path))
            .timeout(TIMEOUT)
            .method(method, (body.length == 0) ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
        for (int i = 0; i < this.headers.size(); i += 2) {
            request.header(this.headers.get(i), this.headers.get(i + 1));
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        }
        catch (IOException ex) {
            throw new UncheckedIOException(method + " " + path + ": " + ex, ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", ex);
        }
    }

}

package pregao.simulator.polarium;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import pregao.simulator.Json;

/**
 * Speaks the protocol frame by frame, by another library than the simulator's.
 */
final class RawClient implements AutoCloseable, WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();

    private final StringBuilder part = new StringBuilder();

    private final WebSocket socket;

    private volatile boolean closed;

    private int requests = 1;

    RawClient(int port) {
        this.socket = HTTP.newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/echo/websocket"), this)
            .join();
    }

    static HttpResponse<String> post(int port, String path, String body) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<String> get(int port, String path, String cookie) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Cookie", cookie)
            .GET()
            .build(), HttpResponse.BodyHandlers.ofString());
    }

    static RawClient letIn(int port, String ssid) throws InterruptedException {
        RawClient client = new RawClient(port);
        client.send("authenticate", "{\"ssid\":\"%s\",\"protocol\":3}".formatted(ssid));
        client.await("to be let in", (frame) -> frame.path("name").asString("").equals("authenticated"));
        client.send("setOptions", "{\"sendResults\":true}");
        client.await("options", (frame) -> frame.path("name").asString("").equals("result"));
        return client;
    }

    String send(String name, String message) {
        String request = String.valueOf(this.requests++);
        this.socket
            .sendText("{\"name\":\"%s\",\"request_id\":\"%s\",\"msg\":%s}".formatted(name, request, message), true)
            .join();
        return request;
    }

    String call(String name, String version, String body) {
        return send("sendMessage", "{\"name\":\"%s\",\"version\":\"%s\",\"body\":%s}".formatted(name, version, body));
    }

    JsonNode await(String what, Predicate<JsonNode> wanted) throws InterruptedException {
        long end = System.nanoTime() + REQUEST_TIMEOUT.toNanos();
        while (System.nanoTime() < end) {
            JsonNode frame = this.frames.poll(100, TimeUnit.MILLISECONDS);
            if (frame != null && wanted.test(frame)) {
                return frame;
            }
        }
        throw new AssertionError("waited in vain for " + what);
    }

    /** The reply to a request that is not its acknowledgement. */
    JsonNode reply(String request) throws InterruptedException {
        return await("the reply to " + request, (frame) -> frame.path("request_id").asString("").equals(request)
                && !frame.path("name").asString("").equals("result"));
    }

    JsonNode event(String name) throws InterruptedException {
        return await("the event " + name, (frame) -> frame.path("name").asString("").equals(name)).path("msg");
    }

    void awaitClosed() throws InterruptedException {
        long end = System.nanoTime() + REQUEST_TIMEOUT.toNanos();
        while (!this.closed) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the connection stayed open");
            }
            // The JDK can overlook an end that comes together with a text, until it
            // writes.
            CompletableFuture<WebSocket> ping = this.socket.sendPing(ByteBuffer.allocate(0));
            if (ping.handle((sent, error) -> error != null).join()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        this.part.append(data);
        if (last) {
            this.frames.add(Json.read(this.part.toString()));
            this.part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        this.closed = true;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        this.closed = true;
    }

    @Override
    public void close() {
        this.socket.abort();
    }

}

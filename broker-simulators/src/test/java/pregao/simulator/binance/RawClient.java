package pregao.simulator.binance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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

    RawClient(int port, String path) {
        this.socket = HTTP.newWebSocketBuilder().buildAsync(URI.create("ws://127.0.0.1:" + port + path), this).join();
    }

    static HttpResponse<String> send(int port, String method, String path, String key, String body)
            throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(REQUEST_TIMEOUT)
            .header("X-MBX-APIKEY", key)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(), HttpResponse.BodyHandlers.ofString());
    }

    static String signature(Account account, String payload) throws GeneralSecurityException {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        if (account.kind() == KeyKind.HMAC) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(account.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        }
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(KeyFactory.getInstance("Ed25519")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(account.secret()))));
        signature.update(bytes);
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    void send(String text) {
        this.socket.sendText(text, true).join();
    }

    /** Where the broker may have cut us off: whether the text went out. */
    boolean trySend(String text) {
        return this.socket.sendText(text, true).handle((sent, error) -> error == null).join();
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

    JsonNode reply(int id) throws InterruptedException {
        return await("the reply to " + id, (frame) -> frame.path("id").asInt(-1) == id);
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

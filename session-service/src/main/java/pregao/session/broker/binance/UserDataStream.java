package pregao.session.broker.binance;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.netty.channel.EventLoop;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.session.broker.api.BackgroundTasks;

/**
 * User data stream of one user over its own connection. It delivers the execution reports
 * of the account.
 */
final class UserDataStream implements WebSocketListener {

    private static final int CONNECTION_WEIGHT = 4;

    private final Set<WebSocketConnection> subscribedConnections = new HashSet<>();

    private final BackgroundTasks backgroundTasks;

    private final EventLoop eventLoop;

    private final Scheduler scheduler;

    private final ReconnectingWebSocket webSocket;

    private final BinanceRestClient restClient;

    private final RequestSigner signer;

    private final BinanceTimeouts timeouts;

    private final BinanceSession session;

    private long lastRequestId;

    /**
     * Creates a stream that isn't connected yet.
     * @param context the context of the connection
     * @param restClient the client that synchronizes the time and has the request weight
     * limiter
     * @param signer the signer with the user's API key
     * @param timeouts the timeouts
     * @param backgroundTasks the tasks that run until the session ends
     * @param session the session that receives the events
     */
    UserDataStream(ConnectionContext context, BinanceRestClient restClient, RequestSigner signer,
            BinanceTimeouts timeouts, BackgroundTasks backgroundTasks, BinanceSession session) {
        this.eventLoop = context.loop();
        this.scheduler = context.scheduler();
        this.restClient = restClient;
        this.signer = signer;
        this.timeouts = timeouts;
        this.backgroundTasks = backgroundTasks;
        this.session = session;
        this.webSocket = new ReconnectingWebSocket(context.loop(), context.sockets(), context.backoff(),
                context.address(), backgroundTasks, this);
    }

    void start() {
        this.eventLoop.execute(this.webSocket::connect);
    }

    void close() {
        this.webSocket.close();
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        // Binance counts the connection even if the limiter has no weight left.
        var _ = this.restClient.weightLimiter().tryAcquire(CONNECTION_WEIGHT, true);
        Mono<Void> timeKnown = this.restClient.serverClock().isKnown() ? Mono.empty()
                : this.restClient.synchronizeTime();
        subscribe(connection, timeKnown);
        this.backgroundTasks.run(Mono.delay(this.timeouts.connect(), this.scheduler).then(), (ignored) -> {
            if (!this.subscribedConnections.contains(connection)) {
                connection.close();
            }
        });
    }

    @Override
    public void onText(WebSocketConnection connection, String text) {
        JsonNode frame = JsonTrees.parse(text);
        JsonNode event = frame.path("event");
        if (event.isMissingNode()) {
            handleReply(connection, frame);
            return;
        }
        switch (event.path("e").asString("")) {
            case "serverShutdown" -> this.webSocket.connect();
            case "eventStreamTerminated" -> connection.close();
            default -> this.session.onEvent(event);
        }
    }

    @Override
    public void onClose(WebSocketConnection connection, boolean isLast) {
        this.subscribedConnections.remove(connection);
        if (isLast) {
            this.session.onDisconnected();
        }
    }

    private void subscribe(WebSocketConnection connection, Mono<Void> timeKnown) {
        this.backgroundTasks.run(timeKnown.publishOn(this.scheduler), (error) -> this.eventLoop.execute(() -> {
            if (error == null) {
                connection.send(createSubscribeRequest());
            }
            else {
                connection.close();
            }
        }));
    }

    private String createSubscribeRequest() {
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("apiKey", this.signer.apiKey());
        parameters.put("recvWindow", String.valueOf(RestRequest.RECV_WINDOW_MILLIS));
        parameters.put("timestamp", String.valueOf(this.restClient.serverClock().millis()));
        StringBuilder payload = new StringBuilder();
        parameters.forEach(
                (name, value) -> payload.append(payload.isEmpty() ? "" : "&").append(name).append('=').append(value));
        ObjectNode request = JsonTrees.createObject()
            .put("id", ++this.lastRequestId)
            .put("method", "userDataStream.subscribe.signature");
        ObjectNode params = request.putObject("params");
        parameters.forEach(params::put);
        params.put("signature", this.signer.sign(payload.toString()));
        return JsonTrees.write(request);
    }

    private void handleReply(WebSocketConnection connection, JsonNode reply) {
        int code = reply.path("error").path("code").asInt(0);
        if (reply.path("status").asInt(0) == 200) {
            this.subscribedConnections.add(connection);
            this.webSocket.promote(connection);
            this.session.onSubscribed();
        }
        else if (code == BinanceErrorMapper.INVALID_TIMESTAMP) {
            subscribe(connection, this.restClient.synchronizeTime());
        }
        else {
            if (code == BinanceErrorMapper.TOO_MANY_REQUESTS) {
                long retryAtMillis = reply.path("error").path("data").path("retryAfter").asLong(0);
                this.restClient.weightLimiter()
                    .block(Math.clamp(retryAtMillis - this.restClient.serverClock().millis(), 1000,
                            BinanceErrorMapper.MAX_RETRY_AFTER_MILLIS));
            }
            else if (BinanceErrorMapper.isKeyRejected(code)) {
                this.session.verifyKey();
            }
            connection.close();
        }
    }

}

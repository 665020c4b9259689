package pregao.session.broker.polarium;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.SessionState;

/**
 * WebSocket of a session. It reconnects, authenticates, synchronizes the clock, matches
 * replies, and resubscribes. Everything runs on one event loop.
 */
final class ReconnectingWebSocket {

    private static final Logger log = LoggerFactory.getLogger(ReconnectingWebSocket.class);

    private static final long SUBSCRIBE_RETRY_MILLIS = 1000;

    private final Set<Subscription> subscriptions = new LinkedHashSet<>();

    private final Sinks.Many<SessionState> states = Sinks.many().replay().latest();

    private final BackgroundTasks backgroundTasks = new BackgroundTasks();

    private final MessageDispatcher dispatcher;

    private final EventLoop eventLoop;

    private final WebSocketConnector connector;

    private final TokenProvider tokenProvider;

    private final PolariumTimeouts timeouts;

    private final ServerClock serverClock;

    private final ReconnectPolicy reconnectPolicy;

    private final WebSocketListener listener;

    private SessionState state = SessionState.CONNECTING;

    private @Nullable WebSocketConnection connection;

    private @Nullable ScheduledFuture<?> watchdog;

    /** The id of the authentication request. */
    private String authenticationId = "";

    private boolean rejected;

    /** The user id, or 0 until the profile has arrived. */
    private long userId;

    private long lastHeardNanos;

    ReconnectingWebSocket(EventLoop eventLoop, WebSocketConnector connector, TokenProvider tokenProvider,
            SessionContext context, WebSocketListener listener) {
        this.eventLoop = eventLoop;
        this.connector = connector;
        this.tokenProvider = tokenProvider;
        this.timeouts = context.timeouts();
        this.serverClock = context.clock();
        this.reconnectPolicy = context.reconnection();
        this.dispatcher = new MessageDispatcher(eventLoop, context.pace(), this.backgroundTasks);
        this.listener = listener;
        this.states.tryEmitNext(this.state).orThrow();
    }

    void start() {
        Duration interval = this.timeouts.silence().dividedBy(6);
        this.watchdog = this.eventLoop.scheduleAtFixedRate(this::checkSilence, interval.toNanos(), interval.toNanos(),
                TimeUnit.NANOSECONDS);
        this.eventLoop.execute(this::connect);
    }

    Flux<SessionState> states() {
        return this.states.asFlux();
    }

    boolean isOpen() {
        return this.state == SessionState.OPEN;
    }

    /**
     * Sends a request. The reply arrives on the event loop.
     * @param request the request
     * @return the reply, or a {@link pregao.session.broker.api.BrokerException}
     */
    Mono<JsonNode> call(RpcRequest request) {
        return this.dispatcher.call(request);
    }

    /**
     * Subscribes, now and after each reconnect.
     * @param subscription the subscription
     */
    void subscribe(Subscription subscription) {
        if (this.subscriptions.add(subscription) && isOpen()) {
            sendSubscription(subscription);
        }
    }

    void unsubscribe(Subscription subscription) {
        if (this.subscriptions.remove(subscription) && isOpen()) {
            this.dispatcher.send("unsubscribeMessage", subscription.toMessage(), PendingReply.ignoring(), true);
        }
    }

    Mono<Void> close() {
        return Mono.<Void>create((sink) -> this.eventLoop.execute(() -> {
            terminate(SessionState.CLOSED);
            sink.success();
        }));
    }

    private void connect() {
        this.rejected = false;
        long delayNanos = this.connector.reserveConnection();
        Mono<Void> lifecycle = this.dispatcher.delay(delayNanos, TimeUnit.NANOSECONDS)
            .then(Mono.defer(() -> this.connector.open(this.eventLoop, this::handleOpen, this::handleText)));
        this.backgroundTasks.run(lifecycle, this::handleEnd);
    }

    private void handleOpen(WebSocketConnection newConnection) {
        this.connection = newConnection;
        this.userId = 0;
        this.dispatcher.setConnection(newConnection);
        this.lastHeardNanos = System.nanoTime();
        Mono<Void> timeout = this.dispatcher.delay(this.timeouts.connect().toNanos(), TimeUnit.NANOSECONDS);
        this.backgroundTasks.run(timeout, (ignored) -> {
            if (newConnection.equals(this.connection) && this.userId == 0) {
                newConnection.close();
            }
        });
        JsonNode message = JsonTrees.createObject()
            .put("ssid", this.tokenProvider.current().reveal())
            .put("protocol", 3)
            .put("session_id", "")
            .put("client_session_id", "");
        this.authenticationId = this.dispatcher.send("authenticate", message,
                new PendingReply(this::handleAuthenticated, (failure) -> rejectToken()), false);
    }

    private void handleAuthenticated(JsonNode response) {
        if (!response.asBoolean(false)) {
            rejectToken();
            return;
        }
        this.dispatcher.send("setOptions", JsonTrees.createObject().put("sendResults", true), PendingReply.ignoring(),
                true);
        RpcRequest profile = RpcRequest.of("core.get-profile", "1.0", JsonTrees.createObject(),
                this.timeouts.connect());
        this.dispatcher.send("sendMessage", profile.toMessage(),
                new PendingReply(this::handleProfile, (failure) -> closeConnection()), false);
    }

    /** Handles the result of our authentication in a frame without its request id. */
    private void handleUnsolicitedAuthentication(MessageFrame.Push push) {
        if (push.message().asBoolean(true)) {
            this.dispatcher.handleReply(
                    new MessageFrame.Reply(this.authenticationId, push.name(), MessageFrame.OK_STATUS, push.message()));
        }
        else {
            rejectToken();
        }
    }

    private void handleProfile(JsonNode profile) {
        JsonNode user = profile.has("result") ? profile.path("result") : profile;
        this.userId = user.path("user_id").asLong(0);
        if (this.userId == 0) {
            closeConnection();
        }
        openIfReady();
    }

    /** Opens the session once user and server time are known; expiries need the time. */
    private void openIfReady() {
        if (this.userId != 0 && !isOpen() && this.serverClock.isKnown()) {
            this.reconnectPolicy.reset();
            this.subscriptions.forEach(this::sendSubscription);
            changeState(SessionState.OPEN);
            this.listener.onOpen(this.userId);
        }
    }

    private void rejectToken() {
        this.rejected = true;
        closeConnection();
    }

    private void closeConnection() {
        WebSocketConnection openConnection = this.connection;
        if (openConnection != null) {
            openConnection.close();
        }
    }

    private void handleText(String text) {
        switch (MessageFrame.parse(text)) {
            case MessageFrame.Reply reply -> this.dispatcher.handleReply(reply);
            case MessageFrame.Event event -> this.listener.onEvent(event);
            case MessageFrame.Push push -> {
                if (push.name().equals("timeSync")) {
                    this.lastHeardNanos = System.nanoTime();
                    this.serverClock.synchronize(push.message().asLong(0));
                    openIfReady();
                }
                else if (push.name().equals("authenticated")) {
                    handleUnsolicitedAuthentication(push);
                }
            }
        }
    }

    private void handleEnd(@Nullable Throwable error) {
        boolean wasOpen = isOpen();
        log.debug("connection ended", error);
        this.connection = null;
        this.dispatcher.setConnection(null);
        this.dispatcher.failAll();
        if (this.state.isFinal()) {
            return;
        }
        changeState(SessionState.CONNECTING);
        if (wasOpen) {
            this.listener.onDisconnected();
        }
        long delayMillis = this.rejected ? this.reconnectPolicy.nextDelayAfterRejection()
                : this.reconnectPolicy.nextDelayAfterLoss();
        if (this.reconnectPolicy.isExhausted()) {
            terminate(SessionState.SIGNED_OUT);
            return;
        }
        Mono<Void> tokenRenewal = this.rejected ? this.tokenProvider.renew() : Mono.empty();
        this.backgroundTasks.run(tokenRenewal.then(this.dispatcher.delay(delayMillis, TimeUnit.MILLISECONDS)),
                (ignored) -> connect());
    }

    private void terminate(SessionState finalState) {
        if (!this.state.isFinal()) {
            changeState(finalState);
            this.states.tryEmitComplete().orThrow();
            closeConnection();
            this.dispatcher.failAll();
            ScheduledFuture<?> timer = this.watchdog;
            if (timer != null) {
                timer.cancel(false);
            }
            this.listener.onEnd();
            this.backgroundTasks.cancelAll();
        }
    }

    private void changeState(SessionState newState) {
        if (this.state != newState) {
            this.state = newState;
            this.dispatcher.setOpen(isOpen());
            this.states.tryEmitNext(newState).orThrow();
        }
    }

    private void sendSubscription(Subscription subscription) {
        PendingReply pendingReply = new PendingReply((response) -> {
        }, (failure) -> retrySubscription(subscription));
        String id = this.dispatcher.send("subscribeMessage", subscription.toMessage(), pendingReply, true);
        this.dispatcher.runUnlessReplied(id, this.timeouts.call().toNanos(), () -> retrySubscription(subscription));
    }

    private void retrySubscription(Subscription subscription) {
        this.backgroundTasks.run(this.dispatcher.delay(SUBSCRIBE_RETRY_MILLIS, TimeUnit.MILLISECONDS), (ignored) -> {
            // Subscribing twice is harmless; not being subscribed is not.
            if (isOpen() && this.subscriptions.contains(subscription)) {
                sendSubscription(subscription);
            }
        });
    }

    private void checkSilence() {
        if (this.connection != null && System.nanoTime() - this.lastHeardNanos > this.timeouts.silence().toNanos()) {
            log.info("nothing heard of the broker for {}, connecting again", this.timeouts.silence());
            closeConnection();
        }
    }

}

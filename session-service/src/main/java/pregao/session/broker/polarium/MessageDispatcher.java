package pregao.session.broker.polarium;

import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import pregao.session.broker.api.BackgroundTasks;
import pregao.session.broker.api.BrokerException;

/**
 * Dispatcher that sends requests within the rate limit and matches replies to them.
 */
final class MessageDispatcher {

    private final PendingRequests<PendingReply> pendingRequests = new PendingRequests<>();

    private final SessionRateLimiter rateLimiter;

    private final BackgroundTasks backgroundTasks;

    private final EventLoop eventLoop;

    private @Nullable WebSocketConnection connection;

    private boolean open;

    MessageDispatcher(EventLoop eventLoop, SessionRateLimiter rateLimiter, BackgroundTasks backgroundTasks) {
        this.eventLoop = eventLoop;
        this.rateLimiter = rateLimiter;
        this.backgroundTasks = backgroundTasks;
    }

    /**
     * Sets the connection to send on.
     * @param newConnection an open connection, or null if there is none
     */
    void setConnection(@Nullable WebSocketConnection newConnection) {
        this.connection = newConnection;
    }

    /**
     * Opens or closes the dispatcher for requests.
     * @param open whether the session is authenticated
     */
    void setOpen(boolean open) {
        this.open = open;
    }

    /**
     * Sends a request.
     * @param request the request
     * @return the reply, on the event loop, or a {@link BrokerException}
     */
    Mono<JsonNode> call(RpcRequest request) {
        return Mono.create(
                (sink) -> this.eventLoop.execute(() -> enqueue(request, new PendingReply(sink::success, sink::error))));
    }

    void handleReply(MessageFrame.Reply reply) {
        PendingRequests.Completion<PendingReply> completion = this.pendingRequests.complete(reply);
        if (completion != null) {
            completion.owner().complete(completion);
        }
    }

    /**
     * Sends a frame.
     * @param name the name of the envelope
     * @param message the message in the envelope
     * @param pendingReply the callbacks for the reply
     * @param endsAcknowledged whether the acknowledgement is the last reply
     * @return the id of the request
     */
    String send(String name, JsonNode message, PendingReply pendingReply, boolean endsAcknowledged) {
        String id = this.pendingRequests.register(pendingReply, endsAcknowledged);
        WebSocketConnection openConnection = this.connection;
        if (openConnection != null) {
            openConnection.send(MessageFrame.write(name, id, message));
        }
        return id;
    }

    /**
     * Runs a task if a request has no reply in time.
     * @param id the id of the request
     * @param timeoutNanos the timeout in nanoseconds
     * @param onTimeout the task
     */
    void runUnlessReplied(String id, long timeoutNanos, Runnable onTimeout) {
        this.backgroundTasks.run(delay(timeoutNanos, TimeUnit.NANOSECONDS), (ignored) -> {
            if (this.pendingRequests.remove(id) != null) {
                onTimeout.run();
            }
        });
    }

    /** Fails all pending requests, because the connection is lost. */
    void failAll() {
        this.pendingRequests.removeAll()
            .forEach((pendingReply) -> pendingReply.fail(BrokerException.Kind.LOST, "the connection was lost"));
    }

    Mono<Void> delay(long delay, TimeUnit unit) {
        return Mono.create((sink) -> {
            var timer = this.eventLoop.schedule(() -> sink.success(), delay, unit);
            sink.onDispose(() -> timer.cancel(false));
        });
    }

    private void enqueue(RpcRequest request, PendingReply pendingReply) {
        if (!this.open) {
            failNotConnected(pendingReply);
            return;
        }
        long delayNanos = this.rateLimiter.reserve(request.isOrder());
        if (delayNanos == 0) {
            send(request, pendingReply);
        }
        else {
            this.backgroundTasks.run(delay(delayNanos, TimeUnit.NANOSECONDS), (ignored) -> send(request, pendingReply));
        }
    }

    private void send(RpcRequest request, PendingReply pendingReply) {
        if (!this.open) {
            failNotConnected(pendingReply);
            return;
        }
        try {
            String id = send("sendMessage", request.toMessage(), pendingReply, false);
            runUnlessReplied(id, request.timeout().toNanos(),
                    () -> pendingReply.fail(BrokerException.Kind.TIMED_OUT, "the broker did not answer in time"));
        }
        catch (BrokerException exception) {
            pendingReply.failed().accept(exception);
        }
    }

    private static void failNotConnected(PendingReply pendingReply) {
        pendingReply.fail(BrokerException.Kind.NOT_CONNECTED, "there is no connection to the broker");
    }

}

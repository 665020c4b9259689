package pregao.simulator.binance;

import java.util.LinkedHashMap;
import java.util.Map;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.simulator.Json;

/**
 * A WebSocket at which requests are made, and which tells users what happens to them.
 */
final class WsApiSession extends WebSocketSession {

    private static final int CONNECTING = 2;

    private static final int LOGON = 2;

    private final Map<Integer, Account> subscriptions = new LinkedHashMap<>();

    private @Nullable Account user;

    private int subscribed;

    WsApiSession(SimulatedBroker broker, Channel channel) {
        super(broker, channel);
        broker.limits().take(CONNECTING);
    }

    @Override
    void take(JsonNode message) {
        ObjectNode reply = Json.object();
        reply.set("id", message.path("id"));
        try {
            JsonNode result = result(message.path("method").asString(""), SignedRequest.of(message.path("params")));
            reply.put("status", 200).set("result", result);
        }
        catch (ApiErrorException no) {
            ObjectNode error = no.json();
            if (no.retryAfter() > 0) {
                error.putObject("data").put("retryAfter", broker().clock().millis() + no.retryAfter() * 1000);
            }
            reply.put("status", no.status()).set("error", error);
        }
        catch (NoResponseException no) {
            if (no.kind() != NoResponseException.Kind.STAY) {
                drop();
            }
            return;
        }
        reply.set("rateLimits", broker().limits().json());
        send(reply);
    }

    @Override
    void speak() {
        if (!this.subscriptions.isEmpty() && broker().faults().strikes(Fault.STREAM_TERMINATED)) {
            this.subscriptions.keySet()
                .forEach((id) -> event(id,
                        Json.object().put("e", "eventStreamTerminated").put("E", broker().clock().millis())));
            this.subscriptions.clear();
        }
    }

    @Override
    void sayShutdown() {
        ObjectNode frame = Json.object();
        frame.putObject("event").put("e", "serverShutdown").put("E", broker().clock().millis());
        send(frame);
    }

    @Override
    int mostASecond() {
        return 50;
    }

    void tell(Account account, ObjectNode event) {
        this.subscriptions.forEach((id, listener) -> {
            if (listener.equals(account)) {
                event(id, event);
            }
        });
    }

    /**
     * A key is not good any more.
     * @param account whose
     */
    void revoked(Account account) {
        boolean mine = this.subscriptions.values().removeIf(account::equals);
        if (account.equals(this.user)) {
            this.user = null;
            mine = true;
        }
        if (mine) {
            ObjectNode frame = Json.object().putNull("id").put("status", 401);
            frame.putObject("error").put("code", -2015).put("msg", "Invalid API-key, IP, or permissions for action.");
            send(frame);
        }
    }

    private JsonNode result(String method, SignedRequest signedRequest) {
        Endpoint endpoint = Endpoint.named(method);
        if (endpoint != null) {
            return broker().answer(endpoint, signedRequest);
        }
        broker().limits().take(LOGON);
        return switch (method) {
            case "session.logon" -> {
                Account account = broker().keys().signer(signedRequest);
                if (account.kind() != KeyKind.ED25519) {
                    throw new ApiErrorException(-4056, "HMAC_SHA256 API key is not supported.");
                }
                this.user = account;
                yield status();
            }
            case "session.status" -> status();
            case "session.logout" -> {
                this.user = null;
                yield status();
            }
            case "userDataStream.subscribe" -> {
                Account account = this.user;
                if (account == null) {
                    throw new ApiErrorException(401, -2015, "Invalid API-key, IP, or permissions for action.", 0);
                }
                yield subscribe(account);
            }
            case "userDataStream.subscribe.signature" -> subscribe(broker().keys().signer(signedRequest));
            case "userDataStream.unsubscribe" -> {
                this.subscriptions.clear();
                yield Json.object();
            }
            default -> throw new ApiErrorException(-1020, "This operation is not supported.");
        };
    }

    private ObjectNode subscribe(Account account) {
        if (this.subscriptions.containsValue(account)) {
            throw new ApiErrorException(-2035, "Subscription is already active.");
        }
        this.subscriptions.put(this.subscribed, account);
        return Json.object().put("subscriptionId", this.subscribed++);
    }

    private ObjectNode status() {
        Account account = this.user;
        return Json.object()
            .put("apiKey", (account == null) ? null : account.key())
            .put("serverTime", broker().clock().millis())
            .put("userDataStream", !this.subscriptions.isEmpty());
    }

    private void event(int id, ObjectNode event) {
        ObjectNode frame = Json.object().put("subscriptionId", id);
        frame.set("event", event);
        send(frame);
    }

}

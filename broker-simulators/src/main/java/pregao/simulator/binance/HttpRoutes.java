package pregao.simulator.binance;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.http.websocket.WebsocketInbound;
import tools.jackson.databind.JsonNode;

import pregao.simulator.Json;

/**
 * The routes of the broker: HTTP, both kinds of WebSocket, and the control endpoint.
 */
final class HttpRoutes {

    private static final int SECOND = 1000;

    private final SimulatedBroker broker;

    private final ControlHandler control;

    HttpRoutes(SimulatedBroker broker, ControlHandler control) {
        this.broker = broker;
        this.control = control;
    }

    void open(HttpServerRoutes routes) {
        routes.route((request) -> path(request).startsWith("/api/"), this::answer);
        routes.route((request) -> path(request).startsWith("/control/"), this::control);
        routes.ws("/ws-api/v3", (in, out) -> talk(in, (channel) -> new WsApiSession(this.broker, channel)));
        routes.ws("/ws",
                (in, out) -> talk(in, (channel) -> new MarketStreamSession(this.broker, channel, false, List.of())));
        routes.get("/ws/{stream}", (request, response) -> listen(response, false, request.param("stream")));
        routes.get("/stream", (request, response) -> {
            List<String> streams = new QueryStringDecoder(request.uri()).parameters()
                .getOrDefault("streams", List.of(""));
            return listen(response, true, streams.getFirst());
        });
    }

    private Publisher<Void> listen(HttpServerResponse response, boolean combined, @Nullable String streams) {
        List<String> names = (streams == null) ? List.of() : List.of(streams.split("/", -1));
        return response.sendWebsocket(
                (in, out) -> talk(in, (channel) -> new MarketStreamSession(this.broker, channel, combined, names)));
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        return request.receive().aggregate().asString().defaultIfEmpty("").flatMap((body) -> {
            Endpoint endpoint = Endpoint.at(request.method().name(), path(request));
            if (endpoint == null) {
                return response.sendNotFound();
            }
            int query = request.uri().indexOf('?');
            SignedRequest signedRequest = SignedRequest.of(request.requestHeaders().get("X-MBX-APIKEY", ""),
                    (query < 0) ? "" : request.uri().substring(query + 1), body);
            return answer(endpoint, signedRequest, response);
        });
    }

    private Mono<Void> answer(Endpoint endpoint, SignedRequest signedRequest, HttpServerResponse response) {
        try {
            JsonNode answer = this.broker.answer(endpoint, signedRequest);
            Account account = this.broker.keys().account(signedRequest.key());
            if (endpoint == Endpoint.PLACE && account != null) {
                response.header("X-MBX-ORDER-COUNT-10S", String.valueOf(account.orders().inTurn()))
                    .header("X-MBX-ORDER-COUNT-1D", String.valueOf(account.orders().inDay()));
            }
            return written(response, 200, answer);
        }
        catch (ApiErrorException no) {
            if (no.retryAfter() > 0) {
                response.header(HttpHeaderNames.RETRY_AFTER, String.valueOf(no.retryAfter()));
            }
            return (no.status() == 403) ? response.status(403).sendString(Mono.just("<html>Forbidden</html>")).then()
                    : written(response, no.status(), no.json());
        }
        catch (NoResponseException no) {
            response.withConnection((connection) -> hangUp(connection.channel(), no.kind()));
            return Mono.never();
        }
    }

    private static void hangUp(Channel channel, NoResponseException.Kind kind) {
        if (kind == NoResponseException.Kind.RESET) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        if (kind != NoResponseException.Kind.STAY) {
            channel.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    private Publisher<Void> control(HttpServerRequest request, HttpServerResponse response) {
        try {
            return written(response, 200, this.control.obey(request.uri()));
        }
        catch (IllegalArgumentException ex) {
            return written(response, 400, Json.object().put("message", String.valueOf(ex.getMessage())));
        }
    }

    private Mono<Void> written(HttpServerResponse response, int status, JsonNode body) {
        return response.status(status)
            .header(HttpHeaderNames.CONTENT_TYPE, "application/json;charset=UTF-8")
            .header("X-MBX-USED-WEIGHT-1M", String.valueOf(this.broker.limits().used()))
            .sendString(Mono.just(Json.write(body)))
            .then();
    }

    private static String path(HttpServerRequest request) {
        return "/" + request.path();
    }

    private Publisher<Void> talk(WebsocketInbound in, Function<Channel, WebSocketSession> kind) {
        return Mono.defer(() -> {
            Channel[] found = new Channel[1];
            in.withConnection((connection) -> found[0] = connection.channel());
            WebSocketSession talk = kind.apply(found[0]);
            this.broker.talks().join(talk);
            var ticks = found[0].eventLoop().scheduleAtFixedRate(talk::tick, SECOND, SECOND, TimeUnit.MILLISECONDS);
            return in.aggregateFrames()
                .receiveFrames()
                .ofType(WebSocketFrame.class)
                .doOnNext(talk::receive)
                .then()
                .doFinally((end) -> {
                    ticks.cancel(false);
                    this.broker.talks().leave(talk);
                });
        });
    }

}

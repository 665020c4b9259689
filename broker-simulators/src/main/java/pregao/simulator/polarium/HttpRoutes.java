package pregao.simulator.polarium;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import reactor.netty.http.websocket.WebsocketInbound;
import tools.jackson.databind.JsonNode;

import pregao.simulator.Json;
import pregao.simulator.Query;

/**
 * The routes of the broker: HTTP in both layouts, the WebSocket, and the control
 * endpoint.
 */
final class HttpRoutes {

    private static final int SECOND = 1000;

    private final SimulatedBroker broker;

    private final ControlHandler control;

    private final LoginHandler desk;

    HttpRoutes(SimulatedBroker broker, ControlHandler control) {
        this.broker = broker;
        this.control = control;
        this.desk = new LoginHandler(broker.logins());
    }

    void open(HttpServerRoutes routes) {
        for (String layout : List.of("", "/api")) {
            routes.post(layout + "/v2/login", (request, response) -> answer(request, response, this.desk::login));
            routes.post(layout + "/v2/verify/2fa", (request, response) -> answer(request, response, this.desk::verify));
            routes.post(layout + "/v1.0/logout",
                    (request, response) -> answer(request, response, (body) -> this.desk.logout(ssid(request))));
        }
        routes.get("/api/lang/route-translations", (request, response) -> written(response, 200, Json.object()));
        routes.get("/api/getprofile", this::profile);
        routes.get("/auth/oauth.v5/authorize", this::authorize);
        routes.post("/auth/oauth.v5/token", (request, response) -> answer(request, response, this.desk::token));
        routes.get("/control/{what}", this::control);
        routes.post("/control/{what}", this::control);
        routes.post("/control/{what}/{which}", this::control);
        routes.ws("/echo/websocket", (in, out) -> talk(in));
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response,
            Function<JsonNode, LoginHandler.LoginResponse> call) {
        return request.receive().aggregate().asString().defaultIfEmpty("").flatMap((body) -> {
            LoginHandler.LoginResponse answer = call.apply(Json.read(body));
            String ssid = answer.ssid();
            if (ssid != null) {
                Cookie cookie = new DefaultCookie("ssid", ssid);
                cookie.setHttpOnly(true);
                response.addCookie(cookie);
            }
            return written(response, answer.status(), answer.body());
        });
    }

    private Publisher<Void> control(HttpServerRequest request, HttpServerResponse response) {
        try {
            return written(response, 200, this.control.obey(request.uri()));
        }
        catch (IllegalArgumentException ex) {
            return written(response, 400, Json.object().put("message", String.valueOf(ex.getMessage())));
        }
    }

    private Publisher<Void> profile(HttpServerRequest request, HttpServerResponse response) {
        Account account = holder(request);
        return (account == null) ? written(response, 401, Json.object().put("isSuccessful", false))
                : written(response, 200, this.broker.profile(account));
    }

    /**
     * Redirects a caller who is logged in back to the application, without a question.
     */
    private Publisher<Void> authorize(HttpServerRequest request, HttpServerResponse response) {
        QueryStringDecoder decoder = new QueryStringDecoder(request.uri());
        Query query = new Query(decoder.parameters());
        Account account = holder(request);
        String back = query.text("redirect_uri", "");
        if (account == null || back.isEmpty()) {
            return written(response, (account == null) ? 401 : 400, Json.object().put("message", "Log in first"));
        }
        String code = this.broker.logins()
            .grant(Logins.Purpose.AUTHORIZATION, account, query.text("code_challenge", ""));
        QueryStringEncoder next = new QueryStringEncoder(back);
        next.addParam("code", code);
        next.addParam("state", query.text("state", ""));
        return response.status(302).header(HttpHeaderNames.LOCATION, next.toString()).send();
    }

    private @Nullable Account holder(HttpServerRequest request) {
        String ssid = ssid(request);
        return (ssid == null) ? null : this.broker.logins().holder(ssid, Logins.Purpose.SESSION);
    }

    private static Mono<Void> written(HttpServerResponse response, int status, JsonNode body) {
        return response.status(status)
            .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
            .sendString(Mono.just(Json.write(body)))
            .then();
    }

    private static @Nullable String ssid(HttpServerRequest request) {
        String header = request.requestHeaders().get(HttpHeaderNames.COOKIE, "");
        for (Cookie cookie : ServerCookieDecoder.STRICT.decode(header)) {
            if (cookie.name().equals("ssid")) {
                return cookie.value();
            }
        }
        return null;
    }

    private Publisher<Void> talk(WebsocketInbound in) {
        return Mono.defer(() -> {
            Channel[] found = new Channel[1];
            in.withConnection((connection) -> found[0] = connection.channel());
            WebSocketSession conversation = new WebSocketSession(this.broker, found[0]);
            var ticks = found[0].eventLoop()
                .scheduleAtFixedRate(conversation::tick, SECOND, SECOND, TimeUnit.MILLISECONDS);
            return in.aggregateFrames().receive().asString().doOnNext(conversation::receive).then().doFinally((end) -> {
                ticks.cancel(false);
                this.broker.audience().leave(conversation);
            });
        });
    }

}

package pregao.strategy.session;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;
import pregao.contracts.service.ServiceTokens;
import pregao.webapi.problem.ProblemDefinition;

/**
 * HTTP client of session-service, the only service that connects to brokers.
 */
@Component
public class SessionClient implements DisposableBean {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** The timeout of requests that a user waits for. */
    private static final Duration SHORT_REQUEST_TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient httpClient = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT_TIMEOUT)
        .build();

    private final SessionClientProperties properties;

    private final @Nullable ServiceTokens serviceTokens;

    private final JsonMapper jsonMapper;

    public SessionClient(SessionClientProperties properties, JsonMapper jsonMapper, Clock clock) {
        this.properties = properties;
        this.jsonMapper = jsonMapper;
        this.serviceTokens = properties.serviceKey().isBlank() ? null
                : new ServiceTokens(ServiceName.STRATEGY, properties.serviceKey(), clock);
    }

    /**
     * Requests that an order is sent. This is idempotent: the same order may be sent
     * repeatedly.
     * @param id the id of the order
     * @param order the request body of session-service
     * @return the response with the outcome so far
     */
    public SessionResponse placeOrder(UUID id, JsonNode order) {
        return send(
                newRequest("/internal/orders/" + id, Operation.ORDERS_PLACE).header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(this.jsonMapper.writeValueAsBytes(order))));
    }

    /**
     * Requests the outcome of an order.
     * @param id the id of the order
     * @return the response with the outcome so far
     */
    public SessionResponse getOrder(UUID id) {
        return send(newRequest("/internal/orders/" + id, Operation.ORDERS_READ).GET());
    }

    /**
     * Requests whether a login, or the API key that stands for one, is active. This does
     * not block a thread.
     * @param loginId the claim {@code sid}
     * @param userId the user who owns the login
     * @return the response, with the field {@code alive}
     */
    public Mono<SessionResponse> getLogin(String loginId, UUID userId) {
        String path = "/internal/logins/%s?person=%s".formatted(URLEncoder.encode(loginId, StandardCharsets.UTF_8),
                userId);
        return sendAsync(newRequest(path, Operation.LOGINS_READ));
    }

    /**
     * Requests the balances of an account. This does not block a thread.
     * @param id the id of the account
     * @return the response, with {@code items} of {@code money}, {@code currency} and
     * {@code amount}
     */
    public Mono<SessionResponse> getBalances(UUID id) {
        return sendAsync(newRequest("/internal/accounts/" + id + "/balances", Operation.ACCOUNTS_READ));
    }

    private Mono<SessionResponse> sendAsync(HttpRequest.Builder request) {
        HttpRequest httpRequest = request.timeout(SHORT_REQUEST_TIMEOUT).GET().build();
        return Mono.fromFuture(() -> this.httpClient.sendAsync(httpRequest, HttpResponse.BodyHandlers.ofByteArray()))
            .map(this::toResponse)
            // The timeout of the request covers the response only up to its headers.
            .timeout(SHORT_REQUEST_TIMEOUT)
            .onErrorResume(TimeoutException.class,
                    (timeout) -> Mono.just(new SessionResponse.Unknown(
                            "no answer within " + SHORT_REQUEST_TIMEOUT.toSeconds() + " s")))
            .onErrorResume(IOException.class, (failure) -> Mono.just(new SessionResponse.Unknown(failure.toString())));
    }

    /**
     * Returns a broker account of a user.
     * @param id the id of the account
     * @param userId the user who must own the account
     * @return the account
     * @throws pregao.webapi.problem.ProblemException 404 if the user does not own the
     * account, 503 if session-service does not respond
     */
    public BrokerAccount getAccount(UUID id, UUID userId) {
        return BrokerAccount.of(id, userId, getJson("/internal/accounts/" + id));
    }

    /**
     * Returns the instruments of an account.
     * @param id the id of the account
     * @return the instruments with their minimum order sizes
     * @throws pregao.webapi.problem.ProblemException 404 if there is no such account, 503
     * if session-service does not respond
     */
    public JsonNode getInstruments(UUID id) {
        return getJson("/internal/accounts/" + id + "/instruments");
    }

    /**
     * Returns the currency of an account.
     * @param id the id of the account
     * @param money the mode, {@code demo} or {@code real}
     * @return the currency, as the broker names it
     * @throws pregao.webapi.problem.ProblemException 404 if there is no such account, 409
     * if it has no balance in this mode, 503 if session-service does not respond
     */
    public String getCurrency(UUID id, String money) {
        for (JsonNode balance : getJson("/internal/accounts/" + id + "/balances").path("items").values()) {
            String currency = balance.path("currency").asString("");
            if (balance.path("money").asString("").equals(money) && !currency.isEmpty()) {
                return currency;
            }
        }
        throw ProblemDefinition
            .conflict("no-balance", "The broker reports no %s balance of this account".formatted(money))
            .asException();
    }

    private JsonNode getJson(String path) {
        return switch (send(newRequest(path, Operation.ACCOUNTS_READ).GET())) {
            case SessionResponse.Ok ok -> ok.body();
            case SessionResponse.NotFound _ -> throw ProblemDefinition.notFound().asException();
            case SessionResponse.Rejected rejected -> throw ProblemDefinition.unavailable(rejected.why()).asException();
            case SessionResponse.Unknown _ ->
                throw ProblemDefinition.unavailable("The broker's session does not answer now").asException();
        };
    }

    private HttpRequest.Builder newRequest(String path, Operation operation) {
        HttpRequest.Builder request = HttpRequest.newBuilder(this.properties.sessionUrl().resolve(path))
            .timeout(this.properties.sessionTimeout());
        return (this.serviceTokens != null)
                ? request.header("Authorization", "Bearer " + this.serviceTokens.of(ServiceName.SESSION, operation))
                : request;
    }

    private SessionResponse send(HttpRequest.Builder request) {
        try {
            return toResponse(this.httpClient.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        }
        catch (IOException ex) {
            return new SessionResponse.Unknown(ex.toString());
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return new SessionResponse.Unknown("interrupted");
        }
    }

    private SessionResponse toResponse(HttpResponse<byte[]> response) {
        try {
            return switch (response.statusCode()) {
                // 202: session-service has accepted the order, and the outcome is unknown
                // yet.
                case 200, 202 -> new SessionResponse.Ok(this.jsonMapper.readTree(response.body()));
                case 404 -> new SessionResponse.NotFound();
                case 400, 401, 403, 422 ->
                    new SessionResponse.Rejected("%d %s".formatted(response.statusCode(), readDetail(response.body())));
                default -> new SessionResponse.Unknown("session-service answered " + response.statusCode());
            };
        }
        catch (JacksonException ex) {
            return new SessionResponse.Unknown(ex.toString());
        }
    }

    private String readDetail(byte[] problem) {
        try {
            JsonNode json = this.jsonMapper.readTree(problem);
            return "%s %s".formatted(json.path("detail").asString(""), json.path("errors")).strip();
        }
        catch (JacksonException ex) {
            return "refused";
        }
    }

    @Override
    public void destroy() {
        this.httpClient.shutdownNow();
    }

}

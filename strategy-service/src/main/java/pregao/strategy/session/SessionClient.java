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
 * Asks session-service, which alone speaks with brokers.
 */
@Component
public class SessionClient implements DisposableBean {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** For questions that a person waits for. */
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
     * Asks for an order to be sent; the same order may be sent again and again.
     * @param id which
     * @param order as session-service wants it
     * @return what became of it so far
     */
    public SessionResponse placeOrder(UUID id, JsonNode order) {
        return send(
                newRequest("/internal/orders/" + id, Operation.ORDERS_PLACE).header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofByteArray(this.jsonMapper.writeValueAsBytes(order))));
    }

    /**
     * Asks what became of an order.
     * @param id which
     * @return what became of it so far
     */
    public SessionResponse getOrder(UUID id) {
        return send(newRequest("/internal/orders/" + id, Operation.ORDERS_READ).GET());
    }

    /**
     * Asks whether a login, or the API key that stands for one, is still valid. No thread
     * waits for the answer.
     * @param loginId the claim {@code sid}
     * @param userId the owner of the login
     * @return an answer with the field {@code alive}
     */
    public Mono<SessionResponse> getLogin(String loginId, UUID userId) {
        String path = "/internal/logins/%s?person=%s".formatted(URLEncoder.encode(loginId, StandardCharsets.UTF_8),
                userId);
        return sendAsync(newRequest(path, Operation.LOGINS_READ));
    }

    /**
     * Asks for the money of an account. No thread waits for the answer.
     * @param id of which account
     * @return an answer with {@code items}, each with {@code money}, {@code currency} and
     * {@code amount}
     */
    public Mono<SessionResponse> getBalances(UUID id) {
        return sendAsync(newRequest("/internal/accounts/" + id + "/balances", Operation.ACCOUNTS_READ));
    }

    private Mono<SessionResponse> sendAsync(HttpRequest.Builder request) {
        HttpRequest httpRequest = request.timeout(SHORT_REQUEST_TIMEOUT).GET().build();
        return Mono.fromFuture(() -> this.httpClient.sendAsync(httpRequest, HttpResponse.BodyHandlers.ofByteArray()))
            .map(this::toResponse)
            // The time-out of the request ends with the headers of the answer.
            .timeout(SHORT_REQUEST_TIMEOUT)
            .onErrorResume(TimeoutException.class,
                    (timeout) -> Mono.just(new SessionResponse.Unknown(
                            "no answer within " + SHORT_REQUEST_TIMEOUT.toSeconds() + " s")))
            .onErrorResume(IOException.class, (failure) -> Mono.just(new SessionResponse.Unknown(failure.toString())));
    }

    /**
     * One of somebody's accounts.
     * @param id which
     * @param userId whose it must be
     * @return where it is, and whether real money is allowed
     * @throws pregao.webapi.problem.ProblemException 404 where it is none of theirs, 503
     * where nobody answers
     */
    public BrokerAccount getAccount(UUID id, UUID userId) {
        return BrokerAccount.of(id, userId, getJson("/internal/accounts/" + id));
    }

    /**
     * What can be traded with an account.
     * @param id which
     * @return instruments with their smallest orders
     * @throws pregao.webapi.problem.ProblemException 404 where there is no such account,
     * 503 where nobody answers
     */
    public JsonNode getInstruments(UUID id) {
        return getJson("/internal/accounts/" + id + "/instruments");
    }

    /**
     * In which currency somebody's money at a broker is.
     * @param id of which account
     * @param money {@code demo} or {@code real}
     * @return as the broker says
     * @throws pregao.webapi.problem.ProblemException 404 where there is no such account,
     * 409 where it has no such money, 503 where nobody answers
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
                // 202: session-service has it, and nobody knows yet what becomes of it.
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

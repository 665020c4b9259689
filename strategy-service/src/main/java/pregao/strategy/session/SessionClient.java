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

    private static final Duration CONNECT = Duration.ofSeconds(1);

    /** For questions that a person waits for. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(CONNECT)
        .build();

    private final SessionClientProperties settings;

    private final @Nullable ServiceTokens tokens;

    private final JsonMapper json;

    public SessionClient(SessionClientProperties settings, JsonMapper json, Clock clock) {
        this.settings = settings;
        this.json = json;
        this.tokens = settings.serviceKey().isBlank() ? null
                : new ServiceTokens(ServiceName.STRATEGY, settings.serviceKey(), clock);
    }

    /**
     * Asks for an order to be sent; the same order may be sent again and again.
     * @param id which
     * @param wish as session-service wants it
     * @return what became of it so far
     */
    public SessionResponse place(UUID id, JsonNode wish) {
        return ask(request("/internal/orders/" + id, Operation.ORDERS_PLACE).header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(this.json.writeValueAsBytes(wish))));
    }

    /**
     * Asks what became of an order.
     * @param id which
     * @return what became of it so far
     */
    public SessionResponse order(UUID id) {
        return ask(request("/internal/orders/" + id, Operation.ORDERS_READ).GET());
    }

    /**
     * Asks whether a login, or the API key that stands for one, is still valid. No thread
     * waits for the answer.
     * @param session the claim {@code sid}
     * @param person the owner of the login
     * @return an answer with the field {@code alive}
     */
    public Mono<SessionResponse> login(String session, UUID person) {
        String path = "/internal/logins/%s?person=%s".formatted(URLEncoder.encode(session, StandardCharsets.UTF_8),
                person);
        return asked(request(path, Operation.LOGINS_READ));
    }

    /**
     * Asks for the money of an account. No thread waits for the answer.
     * @param id of which account
     * @return an answer with {@code items}, each with {@code money}, {@code currency} and
     * {@code amount}
     */
    public Mono<SessionResponse> balances(UUID id) {
        return asked(request("/internal/accounts/" + id + "/balances", Operation.ACCOUNTS_READ));
    }

    private Mono<SessionResponse> asked(HttpRequest.Builder request) {
        HttpRequest bounded = request.timeout(SHORT).GET().build();
        return Mono.fromFuture(() -> this.http.sendAsync(bounded, HttpResponse.BodyHandlers.ofByteArray()))
            .map(this::read)
            // The time-out of the request ends with the headers of the answer.
            .timeout(SHORT)
            .onErrorResume(TimeoutException.class,
                    (late) -> Mono.just(new SessionResponse.Unknown("no answer within " + SHORT.toSeconds() + " s")))
            .onErrorResume(IOException.class, (failure) -> Mono.just(new SessionResponse.Unknown(failure.toString())));
    }

    /**
     * One of somebody's accounts.
     * @param id which
     * @param person whose it must be
     * @return where it is, and whether real money is allowed
     * @throws pregao.webapi.problem.ProblemException 404 where it is none of theirs, 503
     * where nobody answers
     */
    public BrokerAccount account(UUID id, UUID person) {
        return BrokerAccount.of(id, person, said("/internal/accounts/" + id));
    }

    /**
     * What can be traded with an account.
     * @param id which
     * @return instruments with their smallest orders
     * @throws pregao.webapi.problem.ProblemException 404 where there is no such account,
     * 503 where nobody answers
     */
    public JsonNode instruments(UUID id) {
        return said("/internal/accounts/" + id + "/instruments");
    }

    /**
     * In which currency somebody's money at a broker is.
     * @param id of which account
     * @param money {@code demo} or {@code real}
     * @return as the broker says
     * @throws pregao.webapi.problem.ProblemException 404 where there is no such account,
     * 409 where it has no such money, 503 where nobody answers
     */
    public String currency(UUID id, String money) {
        for (JsonNode balance : said("/internal/accounts/" + id + "/balances").path("items").values()) {
            String currency = balance.path("currency").asString("");
            if (balance.path("money").asString("").equals(money) && !currency.isEmpty()) {
                return currency;
            }
        }
        throw ProblemDefinition
            .conflict("no-balance", "The broker reports no %s balance of this account".formatted(money))
            .asException();
    }

    private JsonNode said(String path) {
        return switch (ask(request(path, Operation.ACCOUNTS_READ).GET())) {
            case SessionResponse.Ok ok -> ok.body();
            case SessionResponse.NotFound _ -> throw ProblemDefinition.notFound().asException();
            case SessionResponse.Rejected refused -> throw ProblemDefinition.unavailable(refused.why()).asException();
            case SessionResponse.Unknown _ ->
                throw ProblemDefinition.unavailable("The broker's session does not answer now").asException();
        };
    }

    private HttpRequest.Builder request(String path, Operation operation) {
        HttpRequest.Builder request = HttpRequest.newBuilder(this.settings.sessionUrl().resolve(path))
            .timeout(this.settings.sessionTimeout());
        return (this.tokens != null)
                ? request.header("Authorization", "Bearer " + this.tokens.of(ServiceName.SESSION, operation)) : request;
    }

    private SessionResponse ask(HttpRequest.Builder request) {
        try {
            return read(this.http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        }
        catch (IOException ex) {
            return new SessionResponse.Unknown(ex.toString());
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return new SessionResponse.Unknown("interrupted");
        }
    }

    private SessionResponse read(HttpResponse<byte[]> answer) {
        try {
            return switch (answer.statusCode()) {
                // 202: session-service has it, and nobody knows yet what becomes of it.
                case 200, 202 -> new SessionResponse.Ok(this.json.readTree(answer.body()));
                case 404 -> new SessionResponse.NotFound();
                case 400, 401, 403, 422 ->
                    new SessionResponse.Rejected("%d %s".formatted(answer.statusCode(), detail(answer.body())));
                default -> new SessionResponse.Unknown("session-service answered " + answer.statusCode());
            };
        }
        catch (JacksonException ex) {
            return new SessionResponse.Unknown(ex.toString());
        }
    }

    private String detail(byte[] problem) {
        try {
            JsonNode read = this.json.readTree(problem);
            return "%s %s".formatted(read.path("detail").asString(""), read.path("errors")).strip();
        }
        catch (JacksonException ex) {
            return "refused";
        }
    }

    @Override
    public void destroy() {
        this.http.shutdownNow();
    }

}

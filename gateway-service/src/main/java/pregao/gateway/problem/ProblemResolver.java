package pregao.gateway.problem;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import io.netty.handler.timeout.ReadTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponse;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;

/**
 * From an exception to what the caller is told of it.
 */
final class ProblemResolver {

    private ProblemResolver() {
    }

    static ProblemDefinition of(Throwable failure) {
        return switch (failure) {
            case ProblemException problemException -> problemException.trouble();
            case ErrorResponse framework -> ofFramework(framework);
            // Refused, reset, closed early, unknown host, or no connection free in time.
            case IOException gone -> ProblemDefinition.unavailable("The service does not respond now; try again");
            case ReadTimeoutException late -> ProblemDefinition.late();
            case TimeoutException late -> ProblemDefinition.unavailable("The service behind the gateway is busy");
            case PoolAcquirePendingLimitException full ->
                ProblemDefinition.unavailable("The service behind the gateway is busy");
            default -> ProblemDefinition.unexpected();
        };
    }

    private static ProblemDefinition ofFramework(ErrorResponse framework) {
        HttpStatus status = HttpStatus.resolve(framework.getStatusCode().value());
        if (status == HttpStatus.GATEWAY_TIMEOUT) {
            return ProblemDefinition.late();
        }
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            return ProblemDefinition.unavailable("The service does not respond now; try again");
        }
        if (status == null || status.is5xxServerError()) {
            return ProblemDefinition.unexpected();
        }
        return ofStatus(status, allow(framework));
    }

    private static ProblemDefinition ofStatus(HttpStatus status, Map<String, String> headers) {
        String name = status.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new ProblemDefinition(name, status.getReasonPhrase(), status.value(), detail(status), headers);
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND ->
                "Nothing is served at this path, or the service that will is not part of the installation";
            case METHOD_NOT_ALLOWED -> "The path does not know this method";
            default -> "The request cannot be understood";
        };
    }

    private static Map<String, String> allow(ErrorResponse framework) {
        String allow = framework.getHeaders().getFirst("Allow");
        return (allow != null) ? Map.of("Allow", allow) : Map.of();
    }

}

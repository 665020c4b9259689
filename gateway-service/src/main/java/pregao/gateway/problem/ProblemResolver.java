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
 * Mapping from exceptions to problems.
 */
final class ProblemResolver {

    private ProblemResolver() {
    }

    static ProblemDefinition resolve(Throwable failure) {
        return switch (failure) {
            case ProblemException problemException -> problemException.problem();
            case ErrorResponse errorResponse -> fromErrorResponse(errorResponse);
            // Refused, reset, closed early, unknown host, or no connection free in time.
            case IOException connectionLost ->
                ProblemDefinition.unavailable("The service does not respond now; try again");
            case ReadTimeoutException timeout -> ProblemDefinition.gatewayTimeout();
            case TimeoutException timeout -> ProblemDefinition.unavailable("The service behind the gateway is busy");
            case PoolAcquirePendingLimitException poolExhausted ->
                ProblemDefinition.unavailable("The service behind the gateway is busy");
            default -> ProblemDefinition.internalError();
        };
    }

    private static ProblemDefinition fromErrorResponse(ErrorResponse errorResponse) {
        HttpStatus status = HttpStatus.resolve(errorResponse.getStatusCode().value());
        if (status == HttpStatus.GATEWAY_TIMEOUT) {
            return ProblemDefinition.gatewayTimeout();
        }
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            return ProblemDefinition.unavailable("The service does not respond now; try again");
        }
        if (status == null || status.is5xxServerError()) {
            return ProblemDefinition.internalError();
        }
        return fromStatus(status, selectAllowHeader(errorResponse));
    }

    private static ProblemDefinition fromStatus(HttpStatus status, Map<String, String> headers) {
        String name = status.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new ProblemDefinition(name, status.getReasonPhrase(), status.value(), getDetail(status), headers);
    }

    private static String getDetail(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND ->
                "Nothing is served at this path, or the service that will is not part of the installation";
            case METHOD_NOT_ALLOWED -> "The path does not know this method";
            default -> "The request cannot be understood";
        };
    }

    private static Map<String, String> selectAllowHeader(ErrorResponse errorResponse) {
        String allow = errorResponse.getHeaders().getFirst("Allow");
        return (allow != null) ? Map.of("Allow", allow) : Map.of();
    }

}

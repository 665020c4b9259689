package pregao.webapi.problem;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebInputException;

/**
 * From an exception to what the caller is told of it.
 */
final class ProblemResolver {

    private ProblemResolver() {
    }

    static ProblemDefinition of(Throwable failure) {
        return switch (failure) {
            case ProblemException problemException -> problemException.trouble();
            case InvalidParametersException invalid -> ProblemDefinition.parameters(invalid.errors());
            case TimeoutException late -> ProblemDefinition.unavailable("The database did not answer in time");
            case TransientDataAccessException late ->
                ProblemDefinition.unavailable("The database did not answer in time");
            case R2dbcTransientException late -> ProblemDefinition.unavailable("The database did not answer in time");
            case DataAccessResourceFailureException down ->
                ProblemDefinition.unavailable("The database does not respond now; try again");
            case R2dbcNonTransientResourceException down ->
                ProblemDefinition.unavailable("The database does not respond now; try again");
            case AuthenticationServiceException down -> ProblemDefinition.unavailable("Tokens cannot be checked now");
            case ServerWebInputException unread -> UnreadableFieldResolver.of(unread)
                .map((error) -> ProblemDefinition.invalid(List.of(error)))
                .orElseGet(() -> ofFramework(unread));
            case ErrorResponse framework -> ofFramework(framework);
            default -> ProblemDefinition.unexpected();
        };
    }

    private static ProblemDefinition ofFramework(ErrorResponse framework) {
        HttpStatus status = HttpStatus.resolve(framework.getStatusCode().value());
        if (status == null || status.is5xxServerError()) {
            return ProblemDefinition.unexpected();
        }
        return new ProblemDefinition(status.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                status.getReasonPhrase(), status.value(), detail(status), List.of(), headers(framework.getHeaders()));
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "Nothing is served at this path";
            case METHOD_NOT_ALLOWED -> "The path does not know this method";
            case NOT_ACCEPTABLE -> "Only application/json can be answered";
            default -> "The request cannot be understood";
        };
    }

    private static Map<String, String> headers(@Nullable HttpHeaders headers) {
        return Objects.requireNonNullElse(headers, HttpHeaders.EMPTY)
            .headerNames()
            .stream()
            .filter("Allow"::equalsIgnoreCase)
            .collect(Collectors.toMap((name) -> name,
                    (name) -> String.join(", ", Objects.requireNonNull(headers).getOrEmpty(name))));
    }

}

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
 * Mapping from exceptions to problems.
 */
final class ProblemResolver {

    private ProblemResolver() {
    }

    static ProblemDefinition resolve(Throwable failure) {
        return switch (failure) {
            case ProblemException problemException -> problemException.problem();
            case InvalidParametersException invalidParameters ->
                ProblemDefinition.invalidParameters(invalidParameters.errors());
            case TimeoutException timeout -> ProblemDefinition.unavailable("The database did not answer in time");
            case TransientDataAccessException timeout ->
                ProblemDefinition.unavailable("The database did not answer in time");
            case R2dbcTransientException timeout ->
                ProblemDefinition.unavailable("The database did not answer in time");
            case DataAccessResourceFailureException outage ->
                ProblemDefinition.unavailable("The database does not respond now; try again");
            case R2dbcNonTransientResourceException outage ->
                ProblemDefinition.unavailable("The database does not respond now; try again");
            case AuthenticationServiceException outage -> ProblemDefinition.unavailable("Tokens cannot be checked now");
            case ServerWebInputException inputException -> UnreadableFieldResolver.findFieldViolation(inputException)
                .map((error) -> ProblemDefinition.invalidFields(List.of(error)))
                .orElseGet(() -> fromErrorResponse(inputException));
            case ErrorResponse errorResponse -> fromErrorResponse(errorResponse);
            default -> ProblemDefinition.internalError();
        };
    }

    private static ProblemDefinition fromErrorResponse(ErrorResponse errorResponse) {
        HttpStatus status = HttpStatus.resolve(errorResponse.getStatusCode().value());
        if (status == null || status.is5xxServerError()) {
            return ProblemDefinition.internalError();
        }
        return new ProblemDefinition(status.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                status.getReasonPhrase(), status.value(), getDetail(status), List.of(),
                selectAllowHeader(errorResponse.getHeaders()));
    }

    private static String getDetail(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "Nothing is served at this path";
            case METHOD_NOT_ALLOWED -> "The path does not know this method";
            case NOT_ACCEPTABLE -> "Only application/json can be answered";
            default -> "The request cannot be understood";
        };
    }

    private static Map<String, String> selectAllowHeader(@Nullable HttpHeaders headers) {
        return Objects.requireNonNullElse(headers, HttpHeaders.EMPTY)
            .headerNames()
            .stream()
            .filter("Allow"::equalsIgnoreCase)
            .collect(Collectors.toMap((name) -> name,
                    (name) -> String.join(", ", Objects.requireNonNull(headers).getOrEmpty(name))));
    }

}

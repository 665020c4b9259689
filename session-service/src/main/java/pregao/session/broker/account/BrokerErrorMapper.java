package pregao.session.broker.account;

import java.util.List;

import pregao.session.broker.api.BrokerException;
import pregao.webapi.problem.FieldViolation;
import pregao.webapi.problem.ProblemDefinition;
import pregao.webapi.problem.ProblemException;

/**
 * A mapper of failed broker requests to problem responses.
 */
final class BrokerErrorMapper {

    private BrokerErrorMapper() {
    }

    static ProblemException toProblem(BrokerException failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case NO_SUCH_SYMBOL ->
                ProblemDefinition.invalidFields(List.of(new FieldViolation("symbol", message))).asException();
            case REFUSED ->
                ProblemDefinition.conflict("broker-refused", "The broker said no: " + message).asException();
            case NOT_CONNECTED, LOST, TIMED_OUT, NOT_OWNER, TOO_LATE ->
                ProblemDefinition.unavailable("The broker did not answer: " + message).asException();
        };
    }

}

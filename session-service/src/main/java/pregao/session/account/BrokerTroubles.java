package pregao.session.account;

import java.util.List;

import pregao.session.broker.BrokerFailure;
import pregao.http.problem.FieldError;
import pregao.http.problem.Trouble;
import pregao.http.problem.TroubleException;

/**
 * From what a broker did not answer to what the caller is told.
 */
final class BrokerTroubles {

    private BrokerTroubles() {
    }

    static TroubleException of(BrokerFailure failure) {
        String words = String.valueOf(failure.getMessage());
        return switch (failure.kind()) {
            case NO_SUCH_SYMBOL -> Trouble.invalid(List.of(new FieldError("symbol", words))).asException();
            case REFUSED -> Trouble.conflict("broker-refused", "The broker said no: " + words).asException();
            case NOT_CONNECTED, LOST, TIMED_OUT, NOT_OWNER, TOO_LATE ->
                Trouble.unavailable("The broker did not answer: " + words).asException();
        };
    }

}

package pregao.session.polarium;

import tools.jackson.databind.JsonNode;

import pregao.session.broker.BrokerFailure;

/**
 * A call to which the broker said no.
 */
@SuppressWarnings("serial")
final class CallRefused extends BrokerFailure {

    private final transient JsonNode particulars;

    CallRefused(int status, String message, JsonNode particulars) {
        super(Kind.REFUSED, status, message);
        this.particulars = particulars;
    }

    JsonNode particulars() {
        return this.particulars;
    }

}

package pregao.session;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the internal API: each internal call requires one operation.
 */
class InternalAccessTests {

    private static final SessionTestEnvironment STACK = SessionTestEnvironment.shared();

    /** A call that is added without a rule is denied, and fails this test. */
    @Test
    void everyInternalCallIsForOneOperationOfItsCaller() {
        Set<Operation> used = EnumSet.noneOf(Operation.class);
        assertThat(STACK.internalCalls()).isNotEmpty();
        for (String call : STACK.internalCalls()) {
            List<Operation> allowed = Arrays.stream(Operation.values())
                .filter((operation) -> operation.callees().contains(ServiceName.SESSION))
                .filter((operation) -> status(call, token(operation.callers().iterator().next(), operation)) != 403)
                .toList();
            assertThat(allowed).as(call).hasSize(1);
            Operation operation = allowed.getFirst();
            used.add(operation);
            for (ServiceName caller : List.of(ServiceName.STRATEGY, ServiceName.SESSION, ServiceName.GATEWAY)) {
                int status = status(call, token(caller, operation));
                assertThat(status == 403).as("%s by %s: %d", call, caller, status)
                    .isNotEqualTo(operation.callers().contains(caller));
            }
            assertThat(status(call,
                    SessionTestEnvironment.CALLERS.token(ServiceName.STRATEGY, ServiceName.INGEST, operation)))
                .as("%s with a token for another service", call)
                .isEqualTo(401);
            assertThat(status(call,
                    SessionTestEnvironment.CALLERS.token(ServiceName.AGGREGATOR, ServiceName.SESSION, operation)))
                .as("%s by a service that calls nobody", call)
                .isEqualTo(401);
        }
        assertThat(used).containsExactlyInAnyOrder(Operation.ORDERS_PLACE, Operation.ORDERS_READ,
                Operation.ACCOUNTS_READ, Operation.LOGINS_READ);
    }

    @Test
    void pathThatNoControllerServesIsRefused() {
        assertThat(STACK.get("/internal/anything", token(ServiceName.STRATEGY, Operation.ORDERS_READ)).status())
            .isEqualTo(403);
    }

    private static String token(ServiceName caller, Operation operation) {
        return SessionTestEnvironment.CALLERS.token(caller, ServiceName.SESSION, operation);
    }

    private static int status(String call, String token) {
        int space = call.indexOf(' ');
        String path = call.substring(space + 1);
        return STACK
            .send(STACK.request(path.replaceAll("\\{\\w+}", UUID.randomUUID().toString()), token)
                .header("Content-Type", "application/json")
                .method(call.substring(0, space), SessionTestEnvironment.json(Map.of())))
            .status();
    }

}

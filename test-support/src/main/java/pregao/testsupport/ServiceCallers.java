package pregao.testsupport;

import java.time.Clock;

import pregao.contracts.service.Operation;
import pregao.contracts.service.ServiceName;
import pregao.contracts.service.ServiceTokens;
import pregao.devcluster.InstallationCredentials;

/**
 * The services of an installation as callers: their keys, and what they sign with them.
 */
public final class ServiceCallers {

    private final InstallationCredentials keys = new InstallationCredentials(TestResources.folder("service-callers"));

    /** The setting of a service that others call. */
    public String callerKeys(ServiceName callee) {
        return this.keys.callerKeys(callee);
    }

    /** The setting of a service that calls others. */
    public String serviceKey(ServiceName caller) {
        return this.keys.serviceKey(caller);
    }

    /** What a service shows another. */
    public String token(ServiceName caller, ServiceName callee, Operation operation) {
        return new ServiceTokens(caller, serviceKey(caller), Clock.systemUTC()).of(callee, operation);
    }

}

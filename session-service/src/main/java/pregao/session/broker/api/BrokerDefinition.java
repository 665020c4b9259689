package pregao.session.broker.api;

import java.util.EnumSet;
import java.util.Set;

/**
 * A broker that is configured in this installation.
 *
 * @param name the name in URLs, which is also the name of its feed
 * @param logins the credential types with which users can log in
 * @param simulator whether it is a simulator on this machine
 * @param broker the client of the broker
 */
public record BrokerDefinition(String name, Set<CredentialType> logins, boolean simulator, Broker broker) {

    public BrokerDefinition {
        logins = Set.copyOf(logins);
    }

    /**
     * Returns the credential types in the order of their declaration.
     * @return at least one type
     */
    public Set<CredentialType> sortedLogins() {
        return EnumSet.copyOf(this.logins);
    }

}

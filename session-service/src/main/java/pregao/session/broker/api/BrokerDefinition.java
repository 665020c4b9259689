package pregao.session.broker.api;

import java.util.EnumSet;
import java.util.Set;

/**
 * A broker that this installation is set up for.
 *
 * @param name as it is in addresses, and as its feed is called
 * @param logins with what users can be let in
 * @param simulator whether it is only played, on this machine
 * @param broker who speaks to it
 */
public record BrokerDefinition(String name, Set<CredentialType> logins, boolean simulator, Broker broker) {

    public BrokerDefinition {
        logins = Set.copyOf(logins);
    }

    /**
     * The ways in, in a fixed order.
     * @return at least one
     */
    public Set<CredentialType> sortedLogins() {
        return EnumSet.copyOf(this.logins);
    }

}

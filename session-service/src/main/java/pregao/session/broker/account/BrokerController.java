package pregao.session.broker.account;

import java.util.List;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import pregao.session.broker.api.BrokerDefinition;
import pregao.session.broker.api.CredentialType;

/**
 * {@code /api/brokers}: the configured brokers.
 */
@RestController
@RequestMapping("/api/brokers")
@SecurityRequirement(name = "token")
class BrokerController {

    private final BrokerRegistry brokers;

    BrokerController(BrokerRegistry brokers) {
        this.brokers = brokers;
    }

    @GetMapping
    @Operation(operationId = "listBrokers",
            summary = "Lists the brokers of this installation and their credential types")
    BrokersResponse listBrokers() {
        return new BrokersResponse(this.brokers.getAll().stream().map(BrokerResponse::of).toList());
    }

    /**
     * A broker.
     *
     * @param name the name in URLs
     * @param logins the credential types
     * @param simulator whether it is a simulator
     */
    record BrokerResponse(String name, List<String> logins, boolean simulator) {

        static BrokerResponse of(BrokerDefinition broker) {
            return new BrokerResponse(broker.name(), broker.sortedLogins().stream().map(CredentialType::text).toList(),
                    broker.simulator());
        }

    }

    /**
     * The configured brokers.
     *
     * @param items all brokers
     */
    record BrokersResponse(List<BrokerResponse> items) {

    }

}

package pregao.session.identity.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Identity of this service toward its other replicas.
 *
 * @param serviceKey the private key: P-256, PKCS #8 in Base64
 */
@ConfigurationProperties("pregao")
record ServiceProperties(@DefaultValue("") String serviceKey) {

    @Override
    public String toString() {
        return "ServiceProperties[hidden]";
    }

}

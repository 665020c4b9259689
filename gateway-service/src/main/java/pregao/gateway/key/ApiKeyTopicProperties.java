package pregao.gateway.key;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the API key topic listener.
 *
 * @param poll the poll timeout, which is the maximum delay of a revocation
 * @param backOff the delay before the next attempt if the topics cannot be read
 */
@ConfigurationProperties("pregao.key-topic")
record ApiKeyTopicProperties(@DefaultValue("200ms") Duration poll, @DefaultValue("500ms") Duration backOff) {

}

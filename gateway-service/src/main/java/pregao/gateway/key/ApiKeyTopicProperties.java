package pregao.gateway.key;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the topic of keys is followed.
 *
 * @param poll the longest wait for news; a revoked key is refused this much later at most
 * @param backOff the wait before the next try where the topic cannot be read
 */
@ConfigurationProperties("pregao.key-topic")
record ApiKeyTopicProperties(@DefaultValue("200ms") Duration poll, @DefaultValue("500ms") Duration backOff) {

}

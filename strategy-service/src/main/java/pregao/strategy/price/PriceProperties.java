package pregao.strategy.price;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the price publisher.
 *
 * @param defaultFeed the feed whose prices are also published under the symbol alone
 */
@ConfigurationProperties("pregao.strategy.price")
record PriceProperties(@DefaultValue("mt5") String defaultFeed) {

}

package pregao.strategy.price;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How prices are told.
 *
 * @param defaultFeed whose prices are also told under the symbol alone
 */
@ConfigurationProperties("pregao.strategy.price")
record PriceProperties(@DefaultValue("mt5") String defaultFeed) {

}

package pregao.strategy.execution;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.background.PeriodicTask;

/**
 * Configures the thread that handles due orders.
 */
@Configuration(proxyBeanMethods = false)
class ExecutionConfiguration {

    @Bean
    PeriodicTask attending(OrderDispatcher dispatcher) {
        return new PeriodicTask("orders", Duration.ofMillis(100), dispatcher::sweep);
    }

}

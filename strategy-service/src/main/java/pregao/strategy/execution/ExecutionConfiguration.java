package pregao.strategy.execution;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import pregao.background.Repetition;

/**
 * The thread that sees to orders whose time has come.
 */
@Configuration(proxyBeanMethods = false)
class ExecutionConfiguration {

    @Bean
    Repetition attending(Sending sending) {
        return new Repetition("orders", Duration.ofMillis(100), sending::sweep);
    }

}

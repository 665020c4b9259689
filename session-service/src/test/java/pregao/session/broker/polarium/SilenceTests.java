package pregao.session.broker.polarium;

import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import pregao.session.broker.api.BrokerSession;
import pregao.session.broker.api.LoginResult;
import pregao.simulator.polarium.AccountKind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no log contains a secret at any log level.
 */
class SilenceTests {

    private static final String PASSWORD = "correct-horse-battery";

    @Test
    void logsNoPasswordCodeOrToken() {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        List<Logger> loggers = Stream.of("pregao", "reactor", "io.netty")
            .map((name) -> (Logger) LoggerFactory.getLogger(name))
            .toList();
        logged.start();
        loggers.forEach((logger) -> {
            logger.setAdditive(false);
            logger.setLevel(Level.DEBUG);
            logger.addAppender(logged);
        });
        try (PolariumSimulatorExtension polarium = new PolariumSimulatorExtension()) {
            polarium.simulator().open("silent", PASSWORD, AccountKind.TWO_FACTOR);
            polarium.simulator().control("/control/code?code=975310");
            LoginResult codeRequired = PolariumSimulatorExtension
                .result(polarium.broker().connect(PolariumSimulatorExtension.password("silent", PASSWORD)));
            BrokerSession session = PolariumSimulatorExtension.requireOpen(PolariumSimulatorExtension
                .result(polarium.broker().submitCode((LoginResult.CodeRequired) codeRequired, "975310")));
            PolariumSimulatorExtension.placeOrder(session, PolariumSimulatorExtension.createOrder());
            polarium.simulator().control("/control/drop");
            polarium.simulator().control("/control/logout");
            List<?> states = PolariumSimulatorExtension.result(session.states().collectList());
            assertThat(states).isNotEmpty();
        }
        finally {
            loggers.forEach((logger) -> {
                logger.setAdditive(true);
                logger.setLevel(null);
                logger.detachAppender(logged);
            });
        }
        List<String> texts = List.copyOf(logged.list).stream().map(SilenceTests::text).toList();
        assertThat(texts).isNotEmpty()
            .noneMatch((text) -> text.matches("(?s).*(" + PASSWORD + "|975310|ssid=[0-9a-f]).*"));
    }

    private static String text(ILoggingEvent event) {
        return event.getFormattedMessage() + ' ' + event.getThrowableProxy();
    }

}

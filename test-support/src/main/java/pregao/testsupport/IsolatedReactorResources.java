package pregao.testsupport;

import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Gives a service event loops of its own, so that it can end while others go on.
 */
public final class IsolatedReactorResources {

    @Bean
    ReactorResourceFactory loops() {
        ReactorResourceFactory loops = new ReactorResourceFactory();
        loops.setUseGlobalResources(false);
        return loops;
    }

}

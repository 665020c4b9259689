package pregao.strategy;

import reactor.blockhound.BlockHound;

/**
 * Makes every call that blocks an event loop fail; to be switched on before the first
 * loop starts.
 */
final class EventLoops {

    private EventLoops() {
    }

    static void mustNotBlock() {
        BlockHound.install(
                // Random bytes come from the kernel without waiting.
                (hound) -> hound.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully"),
                // Who asks for the documents first makes them, once.
                (hound) -> hound.allowBlockingCallsInside("org.springdoc.api.AbstractOpenApiResource", "getOpenApi"));
    }

}

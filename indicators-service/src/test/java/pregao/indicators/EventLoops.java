package pregao.indicators;

import reactor.blockhound.BlockHound;

/**
 * Makes every call that blocks an event loop fail; to be switched on before the first
 * loop starts.
 */
final class EventLoops {

    private EventLoops() {
    }

    static void mustNotBlock() {
        // Random bytes come from the kernel without waiting.
        BlockHound.install(
                (hound) -> hound.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully"));
    }

}

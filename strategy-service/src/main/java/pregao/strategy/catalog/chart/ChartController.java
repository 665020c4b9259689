package pregao.strategy.catalog.chart;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.strategy.catalog.Analysis;
import pregao.strategy.catalog.AnalysisService;
import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.security.AuthenticatedUser;
import pregao.webapi.problem.ProblemDefinition;

/**
 * {@code /api/catalog/{id}/chart.svg} and {@code .png}: the candles of an analysis with
 * its entries and outcomes.
 */
@RestController
@RequestMapping("/api/catalog/{id}")
@SecurityRequirement(name = "token")
class ChartController {

    private static final int TIMEOUT_MILLIS = 3;

    private final AnalysisService analyses;

    private final ChartService pictures;

    private final ChartRateLimiter limit;

    private final Semaphore desks;

    private final BlockingExecutor blocking;

    ChartController(AnalysisService analyses, ChartService pictures, ChartRateLimiter limit, ChartProperties settings,
            BlockingExecutor blocking) {
        this.analyses = analyses;
        this.pictures = pictures;
        this.limit = limit;
        this.desks = new Semaphore(settings.concurrency());
        this.blocking = blocking;
    }

    @GetMapping("/chart.{format:png|svg}")
    @Operation(operationId = "getChart", summary = "Returns the marked chart of an instrument as an image")
    @Parameter(name = "symbol", required = true, description = "one of the analysis")
    @Parameter(name = "feed", description = "that of the token")
    @Parameter(name = "from", description = "the first candle; up to 600 candles before to")
    @Parameter(name = "to", description = "the end; default: the end of the analysis")
    @Parameter(name = "width", description = "200 to 2000 pixels, 960")
    @Parameter(name = "height", description = "200 to 2000 pixels, 480")
    Mono<ResponseEntity<byte[]>> chart(@AuthenticationPrincipal AuthenticatedUser person, @PathVariable UUID id,
            @PathVariable String format, @Parameter(hidden = true) @RequestParam Map<String, String> given,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String known) {
        ImageFormat wanted = format.equals("svg") ? ImageFormat.SVG : ImageFormat.PNG;
        ChartQuery query = ChartQuery.of(given, person.feed());
        return this.blocking.call(() -> {
            Analysis analysis = this.analyses.done(id, person.id());
            ChartModel picture = this.pictures.of(query, analysis,
                    this.analyses.looked(id, analysis, query.instrument()));
            String tag = "\"%s\"".formatted(picture.tag());
            if (known != null && known.contains(tag)) {
                return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).<byte[]>build();
            }
            return ResponseEntity.ok()
                .eTag(tag)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .header("Content-Type", wanted.mediaType())
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .body(drawn(person, picture, wanted));
        });
    }

    private byte[] drawn(AuthenticatedUser person, ChartModel picture, ImageFormat format) throws InterruptedException {
        String key = "chart:%s:%s".formatted(picture.tag(), format);
        byte[] before = this.pictures.drawn(key);
        if (before != null) {
            return before;
        }
        this.limit.take(person.id());
        if (!this.desks.tryAcquire(TIMEOUT_MILLIS, TimeUnit.SECONDS)) {
            throw ProblemDefinition.unavailable("Too many pictures are being drawn").asException();
        }
        try {
            byte[] bytes = format.bytes(new ChartRenderer(picture).chart());
            this.pictures.keep(key, bytes);
            return bytes;
        }
        finally {
            this.desks.release();
        }
    }

}

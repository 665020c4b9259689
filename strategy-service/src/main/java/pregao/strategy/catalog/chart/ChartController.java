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
 * {@code /api/catalog/{id}/chart.svg} and {@code .png}: the candles of an instrument of
 * an analysis, with its entries and outcomes.
 */
@RestController
@RequestMapping("/api/catalog/{id}")
@SecurityRequirement(name = "token")
class ChartController {

    private static final int RENDER_TIMEOUT_SECONDS = 3;

    private final AnalysisService analysisService;

    private final ChartService chartService;

    private final ChartRateLimiter rateLimiter;

    private final Semaphore renderPermits;

    private final BlockingExecutor blockingExecutor;

    ChartController(AnalysisService analysisService, ChartService chartService, ChartRateLimiter rateLimiter,
            ChartProperties properties, BlockingExecutor blockingExecutor) {
        this.analysisService = analysisService;
        this.chartService = chartService;
        this.rateLimiter = rateLimiter;
        this.renderPermits = new Semaphore(properties.concurrency());
        this.blockingExecutor = blockingExecutor;
    }

    @GetMapping("/chart.{format:png|svg}")
    @Operation(operationId = "getChart", summary = "Returns the marked chart of an instrument as an image")
    @Parameter(name = "symbol", required = true, description = "one of the analysis")
    @Parameter(name = "feed", description = "that of the token")
    @Parameter(name = "from", description = "the first candle; up to 600 candles before to")
    @Parameter(name = "to", description = "the end; default: the end of the analysis")
    @Parameter(name = "width", description = "200 to 2000 pixels, 960")
    @Parameter(name = "height", description = "200 to 2000 pixels, 480")
    Mono<ResponseEntity<byte[]>> getChart(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @PathVariable String format, @Parameter(hidden = true) @RequestParam Map<String, String> requestParameters,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        ImageFormat imageFormat = format.equals("svg") ? ImageFormat.SVG : ImageFormat.PNG;
        ChartQuery query = ChartQuery.of(requestParameters, user.feed());
        return this.blockingExecutor.call(() -> {
            Analysis analysis = this.analysisService.getCompletedAnalysis(id, user.id());
            ChartModel model = this.chartService.createModel(query, analysis,
                    this.analysisService.getAnalyzedSeries(id, analysis, query.instrument()));
            String etag = "\"%s\"".formatted(model.contentHash());
            if (ifNoneMatch != null && ifNoneMatch.contains(etag)) {
                return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(etag).<byte[]>build();
            }
            return ResponseEntity.ok()
                .eTag(etag)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .header("Content-Type", imageFormat.mediaType())
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .body(render(user, model, imageFormat));
        });
    }

    private byte[] render(AuthenticatedUser user, ChartModel model, ImageFormat format) throws InterruptedException {
        String key = "chart:%s:%s".formatted(model.contentHash(), format);
        byte[] cachedImage = this.chartService.findCachedImage(key);
        if (cachedImage != null) {
            return cachedImage;
        }
        this.rateLimiter.acquire(user.id());
        if (!this.renderPermits.tryAcquire(RENDER_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw ProblemDefinition.unavailable("Too many pictures are being drawn").asException();
        }
        try {
            byte[] image = format.encode(new ChartRenderer(model).createChart());
            this.chartService.cacheImage(key, image);
            return image;
        }
        finally {
            this.renderPermits.release();
        }
    }

}

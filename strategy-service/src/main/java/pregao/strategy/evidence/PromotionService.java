package pregao.strategy.evidence;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import pregao.strategy.bot.BotCloner;
import pregao.strategy.bot.BotResponse;
import pregao.strategy.job.Job;
import pregao.webapi.problem.ProblemDefinition;

/**
 * Promotes paper bots: creates bots on broker accounts if the evidence is sufficient and
 * the user confirms.
 */
@Component
class PromotionService {

    private final EvidenceService evidenceService;

    private final BotCloner botCloner;

    private final PromotionRepository repository;

    PromotionService(EvidenceService evidenceService, BotCloner botCloner, PromotionRepository repository) {
        this.evidenceService = evidenceService;
        this.botCloner = botCloner;
        this.repository = repository;
    }

    /**
     * Promotes a bot.
     * @param userId the id of the user
     * @param botId the id of the paper bot
     * @param body the confirmation
     * @return the new bot, or the bot that the same promotion created before
     * @throws pregao.webapi.problem.ProblemException 404 if the user has no such bot, 409
     * if the evidence is not sufficient, 422 if a field is wrong
     */
    BotResponse promote(UUID userId, UUID botId, JsonNode body) {
        BotResponse paperBot = this.evidenceService.getBot(userId, botId);
        PromotionRequest request = PromotionRequest.parse(body, paperBot.name());
        Optional<Job> job = this.evidenceService.findJob(userId, botId, request.evidence());
        List<String> missing = this.evidenceService.findMissingEvidence(paperBot, job);
        if (!missing.isEmpty()) {
            throw EvidenceService.toProblem(missing).asException();
        }
        Optional<UUID> existingBotId = this.repository.findBotId(userId, request);
        return existingBotId.isPresent() ? getExistingBot(userId, existingBotId.get())
                : createBot(userId, paperBot, request, job.orElseThrow());
    }

    private BotResponse createBot(UUID userId, BotResponse paperBot, PromotionRequest request, Job job) {
        BotCloner.Copy copy = this.botCloner.prepare(userId, paperBot, request.account(), request.money());
        String report = this.evidenceService.findReport(userId, job)
            .orElseThrow(() -> ProblemDefinition.notFound().asException());
        try {
            return this.repository.create(userId, paperBot, request, report, copy);
        }
        catch (DuplicateKeyException ex) { // two concurrent requests were the same
            return getExistingBot(userId, this.repository.findBotId(userId, request).orElseThrow());
        }
    }

    /**
     * Returns the bot of an earlier promotion. If the user has deleted it, a new
     * promotion needs a new report.
     */
    private BotResponse getExistingBot(UUID userId, UUID botId) {
        return this.evidenceService.findBot(userId, botId)
            .orElseThrow(() -> ProblemDefinition
                .conflict("already-promoted", "The bot that was made of this report was deleted; ask for another")
                .asException());
    }

}

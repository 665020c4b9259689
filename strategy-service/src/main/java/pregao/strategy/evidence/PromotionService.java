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
 * Makes bots with money of bots on paper, where there is evidence and somebody confirms
 * it.
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
     * Makes a bot.
     * @param userId who confirms
     * @param botId of the bot on paper
     * @param body what they confirm
     * @return the new one, or the one that was made of the same before
     * @throws pregao.webapi.problem.ProblemException 404, 409 where evidence is missing,
     * 422
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
        catch (DuplicateKeyException ex) { // the same request came twice at once
            return getExistingBot(userId, this.repository.findBotId(userId, request).orElseThrow());
        }
    }

    /**
     * One that was deleted since is not made again in silence: that takes a new report.
     */
    private BotResponse getExistingBot(UUID userId, UUID botId) {
        return this.evidenceService.findBot(userId, botId)
            .orElseThrow(() -> ProblemDefinition
                .conflict("already-promoted", "The bot that was made of this report was deleted; ask for another")
                .asException());
    }

}

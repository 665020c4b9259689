package pregao.strategy.evidence;

import java.time.Instant;
import java.util.UUID;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import pregao.strategy.json.ExactJson;

/**
 * The request of an evidence report, as it is stored with its job.
 *
 * @param stretch the period of the report
 * @param settledAt the time of the last change of the bot's plan, which shows whether the
 * plan has changed since
 */
record EvidenceJobRequest(EvidencePeriod stretch, Instant settledAt) {

    ObjectNode toJson() {
        return ExactJson.createObject()
            .put("bot", this.stretch.bot().toString())
            .put("since", this.stretch.since().toString())
            .put("from", this.stretch.from().toString())
            .put("to", this.stretch.to().toString())
            .put("settled_at", this.settledAt.toString());
    }

    static EvidenceJobRequest parse(String request) {
        JsonNode node = ExactJson.parseStored(request);
        return new EvidenceJobRequest(new EvidencePeriod(UUID.fromString(node.path("bot").stringValue()),
                parseInstant(node, "since"), parseInstant(node, "from"), parseInstant(node, "to")),
                parseInstant(node, "settled_at"));
    }

    private static Instant parseInstant(JsonNode node, String field) {
        return Instant.parse(node.path(field).stringValue());
    }

}

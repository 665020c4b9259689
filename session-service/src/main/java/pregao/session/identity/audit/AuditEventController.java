package pregao.session.identity.audit;

import java.util.List;
import java.util.UUID;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.session.identity.security.AuthenticatedUser;
import pregao.webapi.problem.FieldValidator;

/**
 * REST controller that lists audit events: users see the events of their own account,
 * admins the events of all accounts.
 */
@RestController
@SecurityRequirement(name = "token")
class AuditEventController {

    private static final int MAX_COUNT = 500;

    private final AuditLog auditLog;

    AuditEventController(AuditLog auditLog) {
        this.auditLog = auditLog;
    }

    @GetMapping("/api/auth/events")
    @Operation(operationId = "listOwnAuditEvents", summary = "Lists the audit events of your user, newest first")
    Mono<AuditEventsResponse> listOwn(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(defaultValue = "100") int limit) {
        return findEvents(user.id(), before, limit);
    }

    @GetMapping("/api/users/events")
    @Operation(operationId = "listAuditEvents", summary = "Lists audit events of all users or of one; for admins")
    Mono<AuditEventsResponse> listAll(@RequestParam(required = false) @Nullable UUID user,
            @RequestParam(defaultValue = "9223372036854775807") long before,
            @RequestParam(defaultValue = "100") int limit) {
        return findEvents(user, before, limit);
    }

    private Mono<AuditEventsResponse> findEvents(@Nullable UUID userId, long before, int limit) {
        FieldValidator validator = new FieldValidator();
        validator.require(limit >= 1 && limit <= MAX_COUNT, "limit", "1 to " + MAX_COUNT);
        validator.check();
        return this.auditLog.find(userId, before, limit).collectList().map(AuditEventsResponse::new);
    }

    /**
     * Response with audit events.
     *
     * @param items the events, newest first
     */
    record AuditEventsResponse(List<AuditLog.Event> items) {

    }

}

package pregao.session.identity.totp;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.session.identity.ratelimit.GuessTarget;
import pregao.session.identity.ratelimit.LoginRateLimiter;
import pregao.session.identity.security.AuthenticatedUser;
import pregao.session.identity.security.ClientInfo;
import pregao.session.identity.user.UserAccount;
import pregao.session.identity.user.UserAdministrationService;
import pregao.session.identity.user.UserRepository;
import pregao.webapi.problem.FieldValidator;

/**
 * REST controller that enables and disables TOTP.
 */
@RestController
@RequestMapping("/api/auth/totp")
@SecurityRequirement(name = "token")
class TotpController {

    private static final int MAX_LENGTH = 64;

    private final UserRepository users;

    private final SecondFactorService secondFactor;

    private final UserAdministrationService administration;

    private final Reauthentication reauthentication;

    private final LoginRateLimiter rateLimiter;

    TotpController(UserRepository users, SecondFactorService secondFactor, UserAdministrationService administration,
            Reauthentication reauthentication, LoginRateLimiter rateLimiter) {
        this.users = users;
        this.secondFactor = secondFactor;
        this.administration = administration;
        this.reauthentication = reauthentication;
        this.rateLimiter = rateLimiter;
    }

    @PostMapping
    @Operation(operationId = "startTotpSetup",
            summary = "Creates a TOTP secret for an authenticator app; confirm your password")
    Mono<TotpSetupResponse> startSetup(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestBody TotpConfirmRequest body, ServerHttpRequest request) {
        return this.administration
            .reauthenticate(user.id(), Objects.requireNonNullElse(body.password(), ""), ClientInfo.of(request))
            .flatMap((account) -> this.secondFactor.startSetup(user.id())
                .map((secret) -> createSetupResponse(account, secret)));
    }

    @PostMapping("/confirm")
    @Operation(operationId = "confirmTotp",
            summary = "Confirms the first TOTP code and enables TOTP; returns ten recovery codes, once")
    Mono<RecoveryCodes> confirmSetup(@AuthenticationPrincipal AuthenticatedUser user,
            @RequestBody TotpConfirmRequest body, ServerHttpRequest request) {
        String code = parseCode(body);
        ClientInfo client = ClientInfo.of(request);
        return this.rateLimiter
            .attempt(GuessTarget.CODE, user.id().toString(), client,
                    this.users.findById(user.id())
                        .flatMap((account) -> this.secondFactor.confirmSetup(account, code, client)))
            .map(RecoveryCodes::new);
    }

    @PostMapping("/off")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "disableTotp", summary = "Disables TOTP; confirm your password and a code")
    Mono<Void> disable(@AuthenticationPrincipal AuthenticatedUser user, @RequestBody TotpConfirmRequest body,
            ServerHttpRequest request) {
        ClientInfo client = ClientInfo.of(request);
        return this.reauthentication.reauthenticate(user.id(), body.password(), body.code(), client)
            .flatMap((account) -> this.secondFactor.disable(user.id(), client));
    }

    private static String parseCode(TotpConfirmRequest body) {
        FieldValidator validator = new FieldValidator();
        String code = validator.text("code", body.code(), MAX_LENGTH).replace(" ", "");
        validator.check();
        return code;
    }

    private static TotpSetupResponse createSetupResponse(UserAccount account, String secret) {
        String encodedEmail = URLEncoder.encode(account.email(), StandardCharsets.UTF_8).replace("+", "%20");
        return new TotpSetupResponse(secret, "otpauth://totp/Preg%C3%A3o:" + encodedEmail + "?secret=" + secret
                + "&issuer=Preg%C3%A3o&algorithm=SHA1&digits=6&period=30");
    }

    /**
     * Request with the credentials that confirm an operation.
     *
     * @param password the password of the user
     * @param code the code of the authenticator app
     */
    record TotpConfirmRequest(@Nullable String password, @Nullable String code) {

        @Override
        public String toString() {
            return "TotpConfirmRequest[hidden]";
        }

    }

    /**
     * Response with a new TOTP secret.
     *
     * @param secret the secret to type into an app
     * @param uri the secret as an {@code otpauth} URI, to open or to show as a QR code
     */
    record TotpSetupResponse(String secret, String uri) {

        @Override
        public String toString() {
            return "TotpSetupResponse[hidden]";
        }

    }

    /**
     * Response with recovery codes.
     *
     * @param recoveryCodes single-use codes for the case that the app is lost
     */
    record RecoveryCodes(List<String> recoveryCodes) {

        @Override
        public String toString() {
            return "RecoveryCodes[hidden]";
        }

    }

}

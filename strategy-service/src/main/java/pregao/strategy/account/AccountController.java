package pregao.strategy.account;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import pregao.market.risk.AccountRiskState;
import pregao.market.risk.RiskLimits;
import pregao.strategy.database.BlockingExecutor;
import pregao.strategy.json.JsonBody;
import pregao.strategy.security.AuthenticatedUser;
import pregao.webapi.problem.ProblemDefinition;

/**
 * REST controller of {@code /api/bots/accounts}: the accounts of a user and their risk
 * limits.
 */
@RestController
@RequestMapping("/api/bots")
@SecurityRequirement(name = "token")
class AccountController {

    private final AccountService accounts;

    private final BrokerBalances balances;

    private final BlockingExecutor blockingExecutor;

    AccountController(AccountService accounts, BrokerBalances balances, BlockingExecutor blockingExecutor) {
        this.accounts = accounts;
        this.balances = balances;
        this.blockingExecutor = blockingExecutor;
    }

    @GetMapping("/accounts")
    @Operation(operationId = "listAccounts", summary = "Lists your accounts with their risk limits and current usage")
    Mono<AccountsResponse> listAccounts(@AuthenticationPrincipal AuthenticatedUser user) {
        return this.blockingExecutor.call(() -> this.accounts.listAccounts(user.id()))
            .flatMap((accounts) -> this.balances
                .fetchBalances(accounts.stream().collect(Collectors.toMap(Account::key, Account::currency)))
                .map((balances) -> new AccountsResponse(accounts.stream()
                    .map((account) -> AccountResponse.of(account, balances.get(account.key())))
                    .toList())));
    }

    @PutMapping("/accounts/{id}/{money}/limits")
    @Operation(operationId = "updateLimits", summary = "Updates the risk limits of one of your accounts",
            description = "A limit that is missing keeps its value.")
    Mono<AccountResponse> updateLimits(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @PathVariable String money, @RequestBody @Schema(implementation = RiskLimits.class) byte[] body) {
        user.requireTradeScope();
        AccountKey key = new AccountKey(id,
                TradingMode.of(money).orElseThrow(() -> ProblemDefinition.notFound().asException()));
        return this.blockingExecutor.call(() -> {
            Account account = this.accounts.find(key, user.id())
                .orElseThrow(() -> ProblemDefinition.notFound().asException());
            this.accounts.updateLimits(key, user.id(),
                    LimitsRequestParser.read(JsonBody.parse(body), account.limits()));
            return AccountResponse.of(this.accounts.find(key, user.id()).orElseThrow());
        });
    }

    @PutMapping("/accounts/{id}/{money}/currency")
    @Operation(operationId = "updateCurrency",
            summary = "Sets the accounting currency of one of your exchange accounts",
            description = "Such as `USDT`, the default. Only pairs quoted in it are bought. Returns 409 "
                    + "once a bot or an order uses the account.")
    Mono<AccountResponse> updateCurrency(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @PathVariable String money,
            @RequestBody @Schema(implementation = ChooseCurrencyRequest.class) byte[] body) {
        user.requireTradeScope();
        AccountKey key = new AccountKey(id,
                TradingMode.of(money)
                    .filter((mode) -> mode != TradingMode.PAPER)
                    .orElseThrow(() -> ProblemDefinition.notFound().asException()));
        String currency = ChooseCurrencyRequest.read(JsonBody.parse(body)).currency();
        return this.blockingExecutor.call(() -> {
            this.accounts.updateCurrency(key, user.id(), currency);
            return AccountResponse.of(this.accounts.find(key, user.id()).orElseThrow());
        });
    }

    @PostMapping(path = "/accounts/{id}/{money}/drawdown/reset", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "resetDrawdown",
            summary = "Resets the drawdown of one of your accounts, so that it can open positions again",
            description = "`reason` has 1 to 200 characters. It is stored with the user, the time, and the drawdown.")
    Mono<AccountResponse> resetDrawdown(@AuthenticationPrincipal AuthenticatedUser user, @PathVariable UUID id,
            @PathVariable String money, @RequestBody @Schema(implementation = DrawdownReset.class) byte[] body) {
        user.requireTradeScope();
        AccountKey key = new AccountKey(id,
                TradingMode.of(money).orElseThrow(() -> ProblemDefinition.notFound().asException()));
        String reason = DrawdownReset.read(JsonBody.parse(body)).reason();
        return this.blockingExecutor.call(() -> {
            if (!this.accounts.resetDrawdown(key, user.id(), reason)) {
                throw ProblemDefinition.notFound().asException();
            }
            return AccountResponse.of(this.accounts.find(key, user.id()).orElseThrow());
        });
    }

    /**
     * An account in a response.
     *
     * @param id the account id
     * @param money the trading mode: {@code paper}, {@code demo} or {@code real}
     * @param broker {@code paper}, or the name of the broker
     * @param currency the accounting currency
     * @param limits the risk limits
     * @param balance the balance of the paper account or the balance at the broker; null
     * if the broker does not report it
     * @param exposure the amount that is currently at risk
     * @param reserved the part of the exposure that running option cycles can still lose
     * @param dayProfit the profit of the last trading day
     * @param profit the profit of all days
     * @param drawdown the distance of the profit from its peak since the last reset
     */
    record AccountResponse(UUID id, String money, String broker, String currency, RiskLimits limits,
            @Nullable BigDecimal balance, BigDecimal exposure, BigDecimal reserved, BigDecimal dayProfit,
            BigDecimal profit, BigDecimal drawdown) {

        static AccountResponse of(Account account) {
            return of(account, null);
        }

        static AccountResponse of(Account account, @Nullable BigDecimal brokerBalance) {
            AccountRiskState riskState = account.book();
            return new AccountResponse(account.key().id(), account.key().money().text(), account.broker(),
                    account.currency(), account.limits(),
                    (riskState.balance() != null) ? riskState.balance() : brokerBalance, riskState.exposure(),
                    riskState.reserve(), riskState.dayProfit(), riskState.profit(), riskState.fall());
        }

    }

    /**
     * The response to a list request.
     *
     * @param items the accounts, oldest first
     */
    record AccountsResponse(List<AccountResponse> items) {

    }

}

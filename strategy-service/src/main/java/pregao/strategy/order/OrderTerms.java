package pregao.strategy.order;

/**
 * What an order asks for beside side and amount.
 */
public sealed interface OrderTerms permits OptionTerms, SpotTerms {

}

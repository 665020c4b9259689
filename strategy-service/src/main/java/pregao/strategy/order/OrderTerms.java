package pregao.strategy.order;

/**
 * The terms of an order besides its side and amount.
 */
public sealed interface OrderTerms permits OptionTerms, SpotTerms {

}

package pregao.simulator.binance;

/**
 * How requests are signed.
 */
public enum KeyKind {

    /** With a secret that both know. */
    HMAC,
    /** With a private key that only the user knows. */
    ED25519

}

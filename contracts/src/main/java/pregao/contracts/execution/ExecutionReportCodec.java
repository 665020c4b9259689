package pregao.contracts.execution;

import java.util.UUID;

import com.google.protobuf.InvalidProtocolBufferException;

import pregao.contracts.order.OrderStatus;

/**
 * {@link ExecutionReport} to the bytes of the topic {@code execution-report} and back.
 */
public final class ExecutionReportCodec {

    private ExecutionReportCodec() {
    }

    /**
     * Encodes a report.
     * @param report what became of an order
     * @return an {@link ExecutionReportMessage}
     */
    public static byte[] encode(ExecutionReport report) {
        return ExecutionReportMessage.newBuilder()
            .setOrder(report.order().toString())
            .setAccount(report.account().toString())
            .setState(report.state().text())
            .setOutcome(report.outcome())
            .setAt(report.at())
            .build()
            .toByteArray();
    }

    /**
     * Decodes a report.
     * @param bytes an {@link ExecutionReportMessage}
     * @return what became of an order
     * @throws IllegalArgumentException where the bytes are no such message or break its
     * rules
     */
    public static ExecutionReport decode(byte[] bytes) {
        try {
            ExecutionReportMessage message = ExecutionReportMessage.parseFrom(bytes);
            return new ExecutionReport(UUID.fromString(message.getOrder()), UUID.fromString(message.getAccount()),
                    OrderStatus.of(message.getState()), message.getOutcome(), message.getAt());
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalArgumentException("not an execution report: " + ex.getMessage(), ex);
        }
    }

}

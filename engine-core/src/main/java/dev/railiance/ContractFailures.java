package dev.railiance;

import dev.railiance.contract.Contract;
import dev.railiance.contract.fault.Fault;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;

/** A contract that does not hold, as a failure of what was asked. */
final class ContractFailures {

    private ContractFailures() {}

    static Failure of(Contract.Invalid invalid, RunRequest request) {
        Fault first = invalid.faults().getFirst();
        int others = invalid.faults().size() - 1;
        return new Failure(
                Code.CONTRACT_INVALID,
                first.oneLine() + (others == 0 ? "" : " (and " + others + " more)"),
                "railiance validate --repo " + request.repository());
    }
}

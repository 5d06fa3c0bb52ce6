package dev.railiance;

import dev.railiance.contract.Contract;
import dev.railiance.contract.fault.Fault;
import dev.railiance.contract.fault.FaultCode;
import dev.railiance.failure.Failure;
import dev.railiance.failure.Failure.Code;

/** A contract that does not hold, as a failure of what was asked. */
final class ContractFailures {

    private ContractFailures() {}

    static Failure of(Contract.Invalid invalid) {
        Fault first = invalid.faults().getFirst();
        if (first.code() == FaultCode.FILE_ABSENT) {
            return new Failure(
                    Code.CONTRACT_NOT_FOUND,
                    "there is no contract at " + first.file(),
                    "write railiance/app.toml, or name the contract with --app FILE");
        }
        int others = invalid.faults().size() - 1;
        return new Failure(
                Code.CONTRACT_INVALID,
                first.file() + ":" + first.position().line() + ":"
                        + first.position().column() + ": "
                        + first.path() + (first.path().isEmpty() ? "" : ": ") + first.message()
                        + (others == 0 ? "" : " (and " + others + " more)"),
                "railiance validate");
    }
}

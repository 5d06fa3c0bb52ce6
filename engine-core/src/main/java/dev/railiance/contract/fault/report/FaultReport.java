package dev.railiance.contract.fault.report;

import dev.railiance.contract.Contract;
import dev.railiance.contract.fault.Fault;
import dev.railiance.contract.fault.Severity;
import dev.railiance.contract.fault.Shown;
import java.util.List;
import java.util.Optional;

/**
 * What one validation found, whatever the form it is shown in.
 *
 * @param file as it is shown, relative to the repository where it lies in it
 * @param app the application's name, of a valid contract
 * @param digest of the file's bytes, of a valid contract
 */
public record FaultReport(String file, Optional<String> app, Optional<String> digest, List<Fault> faults) {

    public FaultReport {
        file = Shown.safe(file);
        faults = List.copyOf(faults);
    }

    /** The report about a contract. */
    public static FaultReport of(Contract contract) {
        return switch (contract) {
            case Contract.Valid valid ->
                new FaultReport(
                        valid.file(),
                        Optional.of(valid.contract().app().name()),
                        Optional.of(valid.digest()),
                        valid.faults());
            case Contract.Invalid invalid ->
                new FaultReport(invalid.file(), Optional.empty(), Optional.empty(), invalid.faults());
        };
    }

    /** Whether the contract holds; it may have warnings. */
    public boolean valid() {
        return errors() == 0;
    }

    /** How many faults refuse the contract. */
    public long errors() {
        return faults.stream()
                .filter(fault -> fault.severity() == Severity.ERROR)
                .count();
    }

    /** How many faults only warn. */
    public long warnings() {
        return faults.size() - errors();
    }
}

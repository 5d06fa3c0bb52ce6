package dev.railiance.contract;

import java.time.Duration;
import java.util.Optional;

/**
 * The application as it runs on this machine during the checks.
 *
 * @param start the long-running program; its time limit is the whole stage's
 * @param ready the check that must pass before the others begin
 * @param startup how long {@code ready} may take to pass
 * @param interval between two attempts at {@code ready}
 * @param stop a command that asks the target to stop; without one it gets SIGTERM
 * @param grace how long the target may take to stop before its whole process tree is killed
 */
public record DeclaredTarget(
        DeclaredCommand start,
        Check ready,
        Duration startup,
        Duration interval,
        Optional<DeclaredCommand> stop,
        Duration grace) {}

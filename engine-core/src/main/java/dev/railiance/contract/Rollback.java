package dev.railiance.contract;

import java.util.List;

/**
 * The way back.
 *
 * @param automatic whether a failed promotion is rolled back without being asked
 * @param commands never empty where the strategy is {@link Strategy#COMMANDS}
 * @param verify what must hold for the previous state to count as restored
 */
public record Rollback(Strategy strategy, boolean automatic, List<DeclaredCommand> commands, List<Check> verify) {

    public Rollback {
        commands = List.copyOf(commands);
        verify = List.copyOf(verify);
    }

    /** How the previous state is restored. */
    public enum Strategy {
        HELM_REVISION,
        COMMANDS
    }
}

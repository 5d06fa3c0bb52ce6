package dev.railiance.contract;

import java.time.Duration;
import java.util.List;

/**
 * Who must agree before something reaches users.
 *
 * @param signers the OpenSSH allowed_signers file, relative to the repository
 */
public record Approval(String signers, Rule stage2, Rule stage3, Rule rollback) {

    /**
     * What one stage asks for.
     *
     * @param required how many different people must approve; 0: nobody
     * @param from who may approve; empty: everybody in the signers file
     * @param excludeRequester whether the one who asked may not approve
     * @param expires how long an approval is good for, from its granting
     * @param signed whether an approval needs a signature
     */
    public record Rule(int required, List<String> from, boolean excludeRequester, Duration expires, boolean signed) {

        public Rule {
            from = List.copyOf(from);
        }
    }
}

package dev.railiance;

import dev.railiance.contract.AppContract;
import dev.railiance.contract.AppIdentity;
import dev.railiance.contract.Approval;
import dev.railiance.contract.Deploy;
import dev.railiance.contract.Gate;
import dev.railiance.contract.Stage2;
import dev.railiance.contract.WeightStep;
import dev.railiance.promotion.Artifact;
import dev.railiance.promotion.Digest;
import dev.railiance.promotion.Rules;
import dev.railiance.promotion.Target;
import dev.railiance.source.Source;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a contract means to the domain. */
final class ContractFacts {

    /** Where an app goes whose contract names no environment. */
    private static final String DEFAULT_ENVIRONMENT = "production";

    private ContractFacts() {}

    static Target target(AppContract contract) {
        return new Target(
                contract.app().name(),
                contract.deploy().map(Deploy::environment).orElse(DEFAULT_ENVIRONMENT));
    }

    static Artifact artifact(AppContract contract, Source source) {
        return new Artifact(
                source.revision(),
                source.dirty(),
                source.contentDigest(),
                contract.artifact().image(),
                contract.artifact().digest().map(Digest::new));
    }

    static Rules rules(AppContract contract) {
        return new Rules(
                contract.app().criticality() == AppIdentity.Criticality.CRITICAL,
                contract.artifact().policy() == dev.railiance.contract.Artifact.Policy.DIGEST_PINNED,
                contract.rollback().automatic(),
                contract.stage2().steps().stream().map(WeightStep::weight).toList(),
                contract.stage2().gates().stream().map(Gate::name).collect(Collectors.toCollection(TreeSet::new)),
                contract.stage2().gates().stream()
                        .filter(gate -> gate.stake().required() && !gate.stake().shadow())
                        .map(Gate::name)
                        .collect(Collectors.toCollection(TreeSet::new)),
                rule(contract.approval().stage2()),
                rule(contract.approval().stage3()),
                rule(contract.approval().rollback()),
                contract.stage2()
                        .score()
                        .map(score -> score(score, contract.stage2().gates())));
    }

    private static Rules.ScoreRule score(Stage2.Score score, List<Gate> gates) {
        var weights = new TreeMap<String, Integer>();
        var keys = new TreeSet<String>();
        for (Gate gate : gates) {
            if (!gate.stake().shadow()) {
                weights.put(gate.name(), gate.stake().weight());
                if (gate.stake().key()) {
                    keys.add(gate.name());
                }
            }
        }
        return new Rules.ScoreRule(score.pass(), weights, keys);
    }

    private static Rules.ApprovalRule rule(Approval.Rule rule) {
        return new Rules.ApprovalRule(
                rule.required(), new TreeSet<>(rule.from()), rule.excludeRequester(), rule.expires(), rule.signed());
    }
}

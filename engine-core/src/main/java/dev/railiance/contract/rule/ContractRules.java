package dev.railiance.contract.rule;

import dev.railiance.contract.fault.FaultCode;
import dev.railiance.contract.fault.Finding;
import java.util.List;

/** All rules beyond the schema, in the order in which a reader of the contract meets what they are about. */
public final class ContractRules {

    /** Every rule, each with a code of its own. */
    public static final List<Rule> ALL = List.of(
            new Rule(FaultCode.PATH_OUTSIDE, PathRules::insideRepository),
            new Rule(FaultCode.DURATION_TOO_LONG, TextRules::durationsWithinAYear),
            new Rule(FaultCode.PORT_OUT_OF_RANGE, TextRules::portsThatCanBe),
            new Rule(FaultCode.DUPLICATE_NAME, TextRules::namesOnlyOnce),
            new Rule(FaultCode.UPSTREAM_NEEDED, DeployRules::upstreamOfThirdParty),
            new Rule(FaultCode.IMAGE_NEEDED, DeployRules::imageOfThirdParty),
            new Rule(FaultCode.DIGEST_NEEDED, DeployRules::digestOfPinnedImage),
            new Rule(FaultCode.CHART_NEEDED, DeployRules::chartForHelm),
            new Rule(FaultCode.COMMANDS_NEEDED, DeployRules::commandsWhereTheyAreTheTool),
            new Rule(FaultCode.ROLLBACK_TOOL, DeployRules::rollbackByTheToolThatDeploys),
            new Rule(FaultCode.ROUTER_MODE, RolloutRules::routerFitsMode),
            new Rule(FaultCode.STEPS_NEEDED, RolloutRules::stepsWhereWeighted),
            new Rule(FaultCode.WEIGHTS_RISE, RolloutRules::weightsRise),
            new Rule(FaultCode.SCORE_ORDER, RolloutRules::scoreWarnsBelowPass),
            new Rule(FaultCode.PROMETHEUS_NEEDED, GateRules::prometheusForMetrics),
            new Rule(FaultCode.PROMETHEUS_ACCESS, PrometheusRules::accessThatCanBe),
            new Rule(FaultCode.GATE_QUERY, GateRules::comparedQueriesNameTheTrack),
            new Rule(FaultCode.HOLD_TOO_SHORT, GateRules::holdsLongEnoughToSample),
            new Rule(FaultCode.NO_REQUIRED_GATE, GateRules::oneGateThatCanStop),
            new Rule(FaultCode.CRITICAL_APPROVAL, ApprovalRules::signedApprovalOfCritical),
            new Rule(FaultCode.QUORUM_TOO_LARGE, ApprovalRules::quorumThatCanBeReached),
            new Rule(FaultCode.SIGNERS_UNREADABLE, ApprovalRules::signersFileReadable),
            new Rule(FaultCode.UNKNOWN_APPROVER, ApprovalRules::approversHaveKeys),
            new Rule(FaultCode.FREEZE_NAME, FreezeRules::nameWithoutCommas),
            new Rule(FaultCode.FREEZE_WINDOW, FreezeRules::windowWithADuration),
            new Rule(FaultCode.UNKNOWN_ZONE, FreezeRules::zoneInTheDatabase),
            new Rule(FaultCode.FREEZE_OVERRIDE, FreezeRules::overrideAtLeastAsStrict),
            new Rule(FaultCode.NOTIFICATION_ADDRESS, NotificationRules::addressesThatCanBe),
            new Rule(FaultCode.NOTIFICATION_UNENCRYPTED, NotificationRules::encryptedOnTheWay));

    private ContractRules() {}

    /** What is wrong with the draft by all rules. */
    public static List<Finding> check(Draft draft) {
        return ALL.stream().flatMap(rule -> rule.check().apply(draft)).toList();
    }
}

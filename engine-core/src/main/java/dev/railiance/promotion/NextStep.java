package dev.railiance.promotion;

/**
 * What to do next.
 *
 * @param command one command that can be run as it is
 * @param why what it is for
 */
public record NextStep(String command, String why) {

    /** The step that follows from a phase. */
    public static NextStep of(Phase phase, PromotionId id) {
        return switch (phase) {
            case NEW, OPENED -> new NextStep("railiance run", "Stage 1 must pass before anything is deployed");
            case VALIDATING ->
                new NextStep("railiance run", "Stage 1 is at work; a run whose process died is closed by the next one");
            case VALIDATED ->
                new NextStep(
                        "railiance deploy --stage 2", "Stage 1 is passed and recorded: the artifact may go to Stage 2");
            case CANARY_DEPLOYING ->
                new NextStep(
                        "railiance deploy --stage 2 --apply",
                        "the canary is being deployed; a process that died is carried on by the next one");
            case CANARY_DEPLOYED ->
                new NextStep("railiance observe " + id + " --live", "the gates decide on the canary");
            case GATES_PASSED ->
                new NextStep("railiance approvals " + id, "production needs an approval: this says whose, and how");
            case APPROVED -> new NextStep("railiance promote " + id, "the plan for production can be looked at");
            case PROMOTING ->
                new NextStep(
                        "railiance promote " + id + " --apply",
                        "production is being changed; a process that died is carried on by the next one");
            case PROMOTED -> new NextStep("railiance history " + id, "the artifact is in production");
            case ROLLING_BACK ->
                new NextStep("railiance rollback " + id + " --apply", "the previous state must be restored");
            case ROLLED_BACK, ABORTED, SUPERSEDED ->
                new NextStep("railiance run", "this promotion has ended; a new one begins with Stage 1");
        };
    }
}

package dev.discern.scoring.policy;

/**
 * What an answer to a prompt is expected to tell, for each token that it takes:
 *
 * <pre>
 *   priority(u) = Σ_{i,j} H(p_free(u,i,j)) · max(0, g(u,i,j)) / tokens(u)
 * </pre>
 *
 * over the pairs of drawn candidates, the audit item left out since it is never taught. {@code H} is the entropy in bits: what is
 * left open once all that is free has been heard, and so the most that any answer can tell of the pair. {@code g} is the gate: how far
 * the judge's word moves the preference, nothing where the pilot shows it to know nothing. A prompt that is long must tell
 * more.
 */
final class ExpectedInformation {

    private ExpectedInformation() {}

    /**
     * In bits a token, up to a factor that all prompts share.
     *
     * @param audit position of the held-out item; -1 when there is none
     * @param tokens at least 1
     */
    static double perToken(PilotGate gate, Evidence evidence, int audit, int tokens) {
        double sum = 0;
        for (int i = 0; i < evidence.size(); i++) {
            for (int j = i + 1; j < evidence.size(); j++) {
                if (i != audit && j != audit) {
                    double open = Math.max(0, gate.gate(evidence, i, j));
                    sum += open == 0 ? 0 : open * Evidence.entropy(gate.free(evidence, i, j));
                }
            }
        }
        return sum / tokens;
    }
}

package dev.discern.scoring.catalog;

/** The steps of an import, in their order. */
enum ImportStep {
    VALIDATE_HEADERS("validateHeaders"),
    STAGE_ITEMS("stageItems"),
    STAGE_INTERACTIONS("stageInteractions"),
    CHECK_REJECTS("checkRejects"),
    MERGE_ITEMS("mergeItems"),
    MERGE_INTERACTIONS("mergeInteractions"),
    FINISH("finish");

    private final String stepName;

    ImportStep(String stepName) {
        this.stepName = stepName;
    }

    String stepName() {
        return stepName;
    }
}

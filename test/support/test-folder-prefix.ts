/** Of every folder that a test makes, by the run that it belongs to: the leak check looks for it. */
export const TEST_FOLDER_PREFIX = `omcm-test-${process.env.OMCM_TEST_RUN ?? 'alone'}-`;

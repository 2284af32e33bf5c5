/** Apart from what plays them, which is heavy: help and completion need only these. */
export const SCENARIO_NAMES = ['429', 'hang', 'orphan', 'limit92', 'daemon-down'] as const;

export type ScenarioName = (typeof SCENARIO_NAMES)[number];

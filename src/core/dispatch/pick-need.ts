// Which queue does a task go to? One of a provider that a living worker with the task's tags has connected.

export type NeedQuestion = {
  /** `provider/model` in OpenCode's spelling, best first. */
  readonly models: readonly [string, ...string[]];
  readonly tags: readonly string[];
  readonly workers: readonly WorkerFacts[];
};

export type WorkerFacts = {
  readonly tags: readonly string[];
  readonly models: readonly string[];
  readonly draining: boolean;
};

export type PickedNeed = {
  readonly provider: string;
  /** A worker that could take it is there now. */
  readonly isServed: boolean;
};

/** Where nobody could take it, it waits for a worker that has its best model. */
export function pickNeed({ models, tags, workers }: NeedQuestion): PickedNeed {
  const able = workers.filter((worker) => !worker.draining && tags.every((tag) => worker.tags.includes(tag)));
  const served = models.find((model) => able.some((worker) => worker.models.includes(model)));
  return { provider: providerOf(served ?? models[0]), isServed: served !== undefined };
}

export function providerOf(model: string): string {
  return model.slice(0, Math.max(0, model.indexOf('/')));
}

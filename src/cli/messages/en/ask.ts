const SHOWN = 20;

export const ask = {
  summary: 'ask several models the same at once, and print their answers beside each other',
  optionModels:
    'comma-separated: provider/model, a model, or a provider (default: the usual model of each connected provider)',
  exampleAll: 'one model of each connected provider; they may read the project',
  exampleModels: 'two of them, about a long text',
  exampleJson: 'for a script',
  asking: (models: string) => `Asking ${models} …`,
  notAsked: (reason: string) => `It was not asked (${reason}).`,
  failed: (sentence: string) => `No answer: ${sentence}`,
  unknownModels: (names: string) => `OpenCode has no such model connected: ${names}.`,
  noModels: () => 'None of the models that the settings name is connected in OpenCode.',
  connected: (models: readonly string[]) => {
    if (models.length === 0) return 'No provider is connected; `opencode auth login` connects one.';
    const more = models.length > SHOWN ? `, and ${models.length - SHOWN} more` : '';
    return `Connected are: ${models.slice(0, SHOWN).join(', ')}${more}.`;
  },
};

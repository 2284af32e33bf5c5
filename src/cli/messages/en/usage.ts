const didYouMean = (suggestions: readonly string[]): string =>
  suggestions.length === 0 ? '' : ` Did you mean ${suggestions.join(' or ')}?`;

export const usage = {
  unknownCommand: (name: string, suggestions: readonly string[]) =>
    `There is no command "${name}".${didYouMean(suggestions)}`,
  unknownOption: (name: string, suggestions: readonly string[]) =>
    `There is no option ${name}.${didYouMean(suggestions)}`,
  unknownKey: (key: string, suggestions: readonly string[]) =>
    `There is no setting "${key}".${didYouMean(suggestions)}`,
  missingArgument: (name: string) => `The argument <${name}> is missing.`,
  missingOption: (flags: string) => `The option ${flags} is missing.`,
  missingValue: (flags: string) => `The option ${flags} needs a value.`,
  tooManyArguments: () => 'There are more arguments than this command takes.',
  invalidChoice: (flags: string, value: string, choices: string) =>
    `${flags}: "${value}" is not one of ${choices}.`,
  invalidPercent: (flags: string, value: string) => `${flags}: "${value}" is not a percentage from 0 to 100.`,
  invalidCount: (flags: string, value: string) => `${flags}: "${value}" is not a whole number above 0.`,
  invalidSince: (flags: string, value: string) =>
    `${flags}: "${value}" is neither a date nor a time span such as 36h or 7d.`,
  invalidTimeOfDay: (flags: string, value: string) =>
    `${flags}: "${value}" is not a time of day such as 23:30.`,
  missingSubcommand: () => 'One of these commands is missing.',
  other: (message: string) => message,
  seeHelp: (command: string) => `See \`${command} --help\`.`,
  noFolder: (path: string) => `There is no folder ${path}.`,
  noWorkingFolder: () => 'The current folder does not exist any more.',
};

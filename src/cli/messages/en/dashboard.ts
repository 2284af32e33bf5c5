export const dashboard = {
  summary: 'open a page on this machine that shows live what goes on',
  optionNoOpen: 'only print the address',
  optionPort: 'the port on 127.0.0.1; left out: any free one',
  examplePlain: 'in your browser',
  exampleNoOpen: 'for another browser; the address lets one in, once, within two minutes',
  examplePort: 'on a port that you forward',
  opened: () => 'The address lets one browser in, once, within two minutes:',
  invalidPort: (text: string) => `"${text}" is not a port from 1 to 65535.`,
  portTaken: (port: number) => `Port ${port} is taken.`,
  portTakenHint: () => 'Name another one, or leave --port out.',
};

export const top = {
  summary: 'show live in the terminal what goes on: tasks, decisions, quota, servers, problems',
  optionOnce: 'show it once and end',
  exampleLive: 'until q',
  exampleOnce: 'for a look',
  exampleJson: 'a line of JSON for each change, for a script',
};

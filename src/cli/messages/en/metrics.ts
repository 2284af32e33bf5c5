export const metrics = {
  summary: 'what Prometheus is told of the daemon',
  optionOut: "write it to this file, as a whole, for node_exporter's textfile collector",
  examplePlain: 'as text',
  exampleOut: 'from cron',
  exampleJson: 'for a script',
  noDaemon: () => 'The daemon does not run; that is all there is to tell.',
  notWritten: (file: string, why: string) => `${file} cannot be written: ${why}`,
};

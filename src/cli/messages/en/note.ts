export const note = {
  summary: 'remember a decision for this project: it stands in every hand-over',
  argumentText: 'what to remember; left out, the notes are listed',
  exampleAdd: 'remember it',
  exampleList: 'what is remembered here',
  written: () => 'Noted.',
  none: () => 'Nothing is noted for this project.',
};

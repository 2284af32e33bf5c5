// Apart, so that it can be loaded when it is wanted: a bundle knows the names of a file of ours, not of that package.
export { parseDocument } from 'yaml';

/** Models that are asked at their vendors' own interfaces. To be loaded when one is asked first: it takes a while. */
export { classifyVendorError } from './classify-vendor-error.ts';
export { openModel } from './open-model.ts';
export { streamStep } from './stream-step.ts';

/** Written in by the build (scripts/build.mjs); absent when the sources run as they are. */
declare const OMCM_VERSION: string;

export const VERSION = typeof OMCM_VERSION === 'string' ? OMCM_VERSION : '0.0.0-dev';

/** Raised when a client and a daemon of different versions could misunderstand each other. */
export const PROTOCOL_VERSION = 1;

export const VERSION_HEADER = 'x-omcm-version';
export const PROTOCOL_HEADER = 'x-omcm-protocol';

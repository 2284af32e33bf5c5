/** Set to anything in the environment of a Claude Code session: our plugin leaves all of its calls alone. */
export const QUIET_SESSION = 'OMCM_OFF';

/** Where does the daemon's endpoint file lie? Shared by clients that have Node's path module and one that has not. */

export type HomeVariables = {
  readonly OMCM_HOME?: string | undefined;
  readonly XDG_STATE_HOME?: string | undefined;
  readonly HOME?: string | undefined;
  readonly USERPROFILE?: string | undefined;
};

/** `null` where no home is known. */
export function endpointFileIn(env: HomeVariables): string | null {
  const folder = stateFolder(env);
  return folder === null ? null : `${folder.replace(/[/\\]+$/, '')}/omcmd.json`;
}

function stateFolder({ OMCM_HOME, XDG_STATE_HOME, HOME, USERPROFILE }: HomeVariables): string | null {
  const home = HOME || USERPROFILE;
  if (OMCM_HOME) return underHome(OMCM_HOME, home);
  if (XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME)) return `${XDG_STATE_HOME}/omcm`;
  return home ? `${home}/.omcm` : null;
}

function underHome(given: string, home: string | undefined): string | null {
  if (isAbsolute(given)) return given;
  return home ? `${home}/${given.replace(/^~[/\\]?/, '')}` : null;
}

function isAbsolute(path: string): boolean {
  return /^([/\\]|[A-Za-z]:[/\\])/.test(path);
}

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
  const windows = home !== undefined && /^([A-Za-z]:|\\\\)/.test(home);
  const isAbsolute = (path: string) => path.startsWith('/') || (windows && /^(\\|[A-Za-z]:[/\\])/.test(path));
  if (OMCM_HOME) {
    if (isAbsolute(OMCM_HOME)) return OMCM_HOME;
    return home ? `${home}/${OMCM_HOME.replace(/^~($|[/\\])/, '')}` : null;
  }
  if (XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME)) return `${XDG_STATE_HOME}/omcm`;
  return home ? `${home}/.omcm` : null;
}

/** Claude Code shows its model requests to nobody where its settings are managed, or it asks another service. */
let hasSeenOne = false;

export function seeRequest(): void {
  hasSeenOne = true;
}

export function seesRequests(): boolean {
  return hasSeenOne;
}

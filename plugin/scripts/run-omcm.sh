# Sourced by its neighbours: omcm as it is installed, else the one that came with this plugin.
run_omcm() {
  if command -v omcm >/dev/null 2>&1; then exec omcm "$@"; fi
  exec "$(dirname "$0")/../bin/omcm" "$@"
}

# Sourced by its neighbours: omcm as it is installed, else as it was built in the clone that this plugin lies in.
run_omcm() {
  if command -v omcm >/dev/null 2>&1; then exec omcm "$@"; fi
  built="$(dirname "$0")/../../dist/cli.js"
  if [ -f "$built" ]; then exec node "$built" "$@"; fi
  echo "omcm was not found: npm install -g oh-my-claude-money" >&2
  exit 127
}

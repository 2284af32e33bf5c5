#!/bin/sh
# Installs OMCM for this user: checks what is there, installs the package by npm, and hands over to `omcm setup`.
#   sh scripts/install.sh [--check] [options of omcm setup]
# --check only looks. Never asks for more rights than the user has; OMCM_PACKAGE names another package or tarball.
set -eu

package=${OMCM_PACKAGE:-oh-my-claude-money}
least_major=20
least_minor=19

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "omcm: $1"
  [ $# -lt 2 ] || say "      $2"
  exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

check_node() {
  has node || fail 'Node.js was not found.' "Install $least_major.$least_minor or newer: https://nodejs.org"
  version=$(node --version)
  major=${version#v}
  major=${major%%.*}
  minor=${version#v*.}
  minor=${minor%%.*}
  if [ "$major" -gt "$least_major" ]; then return; fi
  if [ "$major" -eq "$least_major" ] && [ "$minor" -ge "$least_minor" ]; then return; fi
  fail "Node.js $version is older than $least_major.$least_minor." 'https://nodejs.org'
}

# A folder of root's is not ours to write to, and `sudo npm` leaves files behind that the user cannot change.
check_npm() {
  has npm || fail 'npm was not found; it comes with Node.js.'
  prefix=$(npm prefix --global)
  place=$prefix/lib/node_modules
  while [ ! -e "$place" ] && [ "$place" != / ]; do place=$(dirname "$place"); done
  [ -w "$place" ] || fail "npm installs into $prefix, where you may not write." \
    "Choose a folder of yours: npm config set prefix ~/.local (and put ~/.local/bin on your PATH)"
}

check_user() {
  if [ "$(id -u)" -eq 0 ] && [ -n "${SUDO_USER:-}" ]; then
    fail 'Run this as yourself, without sudo.'
  fi
}

check_claude() {
  has claude || say 'Claude Code was not found; omcm setup offers to install it.'
}

main() {
  check_user
  check_node
  check_npm
  check_claude
  if [ "${1:-}" = --check ]; then
    say 'Everything that OMCM needs to be installed is there.'
    exit 0
  fi
  say "Installing $package …"
  npm install --global "$package" >&2 || fail "npm could not install $package."
  omcm=$(npm prefix --global)/bin/omcm
  [ -x "$omcm" ] || fail "npm installed no omcm in $(dirname "$omcm")."
  has omcm || say "Put $(dirname "$omcm") on your PATH."
  # Piped into a shell, standard input is this script: the wizard needs the terminal.
  if [ $# -eq 0 ] && [ ! -t 0 ]; then
    if (: </dev/tty) 2>/dev/null; then exec "$omcm" setup </dev/tty; fi
    exec "$omcm" setup --no-input
  fi
  exec "$omcm" setup "$@"
}

# Called at the end: of a script that came only half, nothing is run.
main "$@"

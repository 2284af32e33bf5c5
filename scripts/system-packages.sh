#!/usr/bin/env bash
# Installs what the e2e tests use besides npm packages. Never fails: without them, the tests say what they miss.
set -u

# One at a time: CI starts it beside npm ci, and whoever comes second waits here, and finds nothing missing.
if command -v flock >/dev/null && exec 9>"/tmp/omcm-system-packages-$(id -u).lock"; then flock -w 300 9; fi

missing=()
command -v tmux >/dev/null || missing+=(tmux)
command -v rg >/dev/null || missing+=(ripgrep)
command -v chromium >/dev/null || missing+=(chromium)
command -v redis-server >/dev/null || missing+=(redis-server)
[ ${#missing[@]} -eq 0 ] && exit 0

by_hand() {
  echo "Please install by hand: ${missing[*]} ($1)" >&2
  exit 0
}

command -v apt-get >/dev/null || by_hand 'no apt-get here'
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  sudo -n true 2>/dev/null || by_hand 'neither root nor sudo without a password'
  as_root=(sudo -n)
fi

apt() {
  timeout 120 "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=60 "$@" </dev/null
}
# The lists of a fresh image are empty; those of an old one may still do when the network is gone.
apt update >/dev/null || echo 'apt-get update failed' >&2
apt install -y --no-install-recommends "${missing[@]}" >/dev/null && exit 0
# One that is not to be had must not cost the others.
for package in "${missing[@]}"; do
  apt install -y --no-install-recommends "$package" >/dev/null || echo "Please install by hand: $package" >&2
done
exit 0

#!/usr/bin/env bash
# Installs what the tests use besides npm packages. Never fails: without them, the tests say what they miss.
set -u
cd "$(dirname "$0")/.." || exit 0

# One at a time: CI starts it beside npm ci, and whoever comes second waits here, and finds nothing missing.
if command -v flock >/dev/null && exec 9>"/tmp/omcm-system-packages-$(id -u).lock"; then flock -w 300 9; fi

# Where test/support/find-promtool.ts looks; not in node_modules, which npm ci empties meanwhile.
tools=$PWD/.cache/tools

missing=()
command -v tmux >/dev/null || missing+=(tmux)
command -v rg >/dev/null || missing+=(ripgrep)
command -v chromium >/dev/null || missing+=(chromium)
command -v redis-server >/dev/null || missing+=(redis-server)
needs_promtool=false
command -v promtool >/dev/null || [ -x "$tools/promtool" ] || needs_promtool=true
[ ${#missing[@]} -eq 0 ] && ! $needs_promtool && exit 0

by_hand() {
  echo "Please install by hand: ${missing[*]}${missing:+ }$($needs_promtool && echo promtool) ($1)" >&2
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

# Its package would bring a server that starts with the machine: only the one program is taken out of it.
fetch_promtool() {
  local scratch
  scratch=$(mktemp -d) || return 1
  (
    cd "$scratch" && timeout 120 apt-get -q -o APT::Sandbox::User=root download prometheus </dev/null >/dev/null &&
      dpkg-deb --extract ./*.deb unpacked && mkdir -p "$tools" && mv unpacked/usr/bin/promtool "$tools/"
  )
  local result=$?
  rm -rf "$scratch"
  return $result
}

# The lists of a fresh image are empty; those of an old one may still do when the network is gone.
apt update >/dev/null || echo 'apt-get update failed' >&2
if $needs_promtool; then fetch_promtool || echo 'Please install by hand: promtool' >&2; fi
[ ${#missing[@]} -eq 0 ] && exit 0
apt install -y --no-install-recommends "${missing[@]}" >/dev/null && exit 0
# One that is not to be had must not cost the others.
for package in "${missing[@]}"; do
  apt install -y --no-install-recommends "$package" >/dev/null || echo "Please install by hand: $package" >&2
done
exit 0

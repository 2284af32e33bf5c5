#!/bin/sh
# Hands the session over to OpenCode; --open starts it.
. "$(dirname "$0")/run-omcm.sh"
run_omcm handoff "$@"

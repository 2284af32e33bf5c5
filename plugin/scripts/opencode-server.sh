#!/bin/sh
# The warm OpenCode servers, by: status, scale N, recycle.
. "$(dirname "$0")/run-omcm.sh"
run_omcm pool "$@"

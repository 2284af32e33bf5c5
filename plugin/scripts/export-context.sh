#!/bin/sh
# The context of the session as a document; --json for a script.
. "$(dirname "$0")/run-omcm.sh"
run_omcm context "$@"

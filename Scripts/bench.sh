#!/bin/sh
# Builds and runs the benchmark. Flags: --quick, --json, --runs N, --template NAME, --only-orders.
# Its figures mean something on a machine that does nothing else.
set -eu
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}

"$swift" build -c release --product fanpai >&2
"$swift" build -c release --product FanpaiBench >&2
exec "$("$swift" build -c release --show-bin-path)/FanpaiBench" "$@"

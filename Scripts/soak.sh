#!/bin/sh
# Sends a long film through every sink and fails when memory grows with the frames. The fuzz targets are Scripts/fuzz.sh's.
# usage: Scripts/soak.sh [SECONDS OF FILM]     default: 120; a stream takes as long as its film
set -eu
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}

"$swift" build -c release --product fanpai >&2
"$swift" build -c release --product FanpaiBench >&2
exec "$("$swift" build -c release --show-bin-path)/FanpaiBench" --soak "${1:-120}"

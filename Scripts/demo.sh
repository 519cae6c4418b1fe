#!/bin/sh
# Builds the command line and renders one sample video into out/.
set -eu
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}

"$swift" build -c release --product fanpai
fanpai=$("$swift" build -c release --show-bin-path)/fanpai
mkdir -p out
start=$(date +%s%N)
"$fanpai" render flip-board --orders Samples/douyin-1111.csv --period 2026-11-11..2026-11-11 \
    --set shop=星河旗舰店 -o out/flip-board.mp4
end=$(date +%s%N)
echo
echo "video:    $(pwd)/out/flip-board.mp4"
echo "manifest: $(pwd)/out/flip-board.mp4.json"
echo "rendered in $(((end - start) / 1000000)) ms"

#!/bin/bash
# Measures another revision and the working tree in turn, and prints the medians side by side.
# usage: Scripts/bench-compare.sh REVISION [--quick] [--template NAME] [--rounds N]     default: 3 rounds, 1 with --quick
set -euo pipefail
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
revision=$(git rev-parse --verify --quiet "${1:?name a revision}^{commit}") || {
    echo "there is no revision $1" >&2
    exit 64
}
label=$1
shift
rounds=3
flags=(--rows --runs 1)
while [ $# -gt 0 ]; do
    case $1 in
    --quick) rounds=1 && flags+=(--quick) ;;
    --template) flags+=(--template "${2:?--template wants a name}") && shift ;;
    --rounds) rounds=${2:?--rounds wants a number} && shift ;;
    *) echo "bench-compare: $1 is not one of --quick, --template, --rounds" >&2 && exit 64 ;;
    esac
    shift
done

base=.build-base/tree
rows=.build-base/rows
git worktree prune
if [ -e "$base/.git" ]; then
    git -C "$base" checkout --quiet --force --detach "$revision"
else
    rm -rf "$base"
    git worktree add --quiet --detach "$base" "$revision"
fi
# The same packages on both sides.
if [ -f Package.resolved ] && ! git -C "$base" ls-files --error-unmatch Package.resolved >/dev/null 2>&1; then
    cp Package.resolved "$base/"
fi

"$swift" build -c release --product fanpai >&2
"$swift" build -c release --product FanpaiBench >&2
here=$("$swift" build -c release --show-bin-path)
"$swift" build -c release --package-path "$base" --product fanpai >&2
there=$("$swift" build -c release --package-path "$base" --show-bin-path)
if grep -q FanpaiBench "$base/Package.swift"; then
    "$swift" build -c release --package-path "$base" --product FanpaiBench >&2
    measure_base=("$there/FanpaiBench" "${flags[@]}")
else
    echo "$label has no benchmark of its own: only its whole jobs are compared" >&2
    measure_base=("$here/FanpaiBench" "${flags[@]}" --only-whole --fanpai "$there/fanpai")
fi

mkdir -p "$rows"
rm -f "$rows"/*.tsv
for round in $(seq "$rounds"); do
    echo "round $round of $rounds: $label" >&2
    "${measure_base[@]}" >"$rows/base-$round.tsv"
    echo "round $round of $rounds: working tree" >&2
    "$here/FanpaiBench" "${flags[@]}" >"$rows/here-$round.tsv"
done

# The rows of a file come in one order; the median of each goes beside the other side's.
awk -F '\t' -v label="$label" '
    function median(side, key,    count, i, j, swap, values) {
        count = times[side, key]
        for (i = 1; i <= count; i++) values[i] = figure[side, key, i]
        for (i = 2; i <= count; i++)
            for (j = i; j > 1 && values[j - 1] > values[j]; j--) {
                swap = values[j]; values[j] = values[j - 1]; values[j - 1] = swap
            }
        return count ? values[int((count + 1) / 2)] : ""
    }
    {
        side = FILENAME ~ /base-[0-9]+\.tsv$/ ? "base" : "here"
        key = $1 "\t" $2
        if (!(key in unit)) { unit[key] = $4; order[++keys] = key }
        figure[side, key, ++times[side, key]] = $3 + 0
    }
    END {
        printf "%-14s %-32s %14s %14s %9s\n", "template", "figure", substr(label, 1, 14), "working tree", "change"
        for (k = 1; k <= keys; k++) {
            key = order[k]; split(key, part, "\t")
            old = median("base", key); new = median("here", key)
            change = old != "" && new != "" && old != 0 ? sprintf("%+.1f %%", (new / old - 1) * 100) : "-"
            printf "%-14s %-32s %14s %14s %9s  %s\n", part[1], part[2], \
                old == "" ? "-" : sprintf("%.3f", old), new == "" ? "-" : sprintf("%.3f", new), change, unit[key]
        }
    }' "$rows"/base-*.tsv "$rows"/here-*.tsv

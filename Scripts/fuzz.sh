#!/bin/bash
# Builds the fuzz targets of Tests/Fuzz with libFuzzer and runs each of them in a child process.
# usage: Scripts/fuzz.sh [SECONDS [TARGET...]]     default: 20 seconds each
#
# Our decoders are compiled again, instrumented; the packages they use are taken from the release build, whose objects need
# no instrumentation. swift build itself cannot link a program whose main is libFuzzer's.
set -euo pipefail
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
seconds=${1:-20}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(FuzzOrderCSV FuzzOrderLog FuzzArchive FuzzXLSX FuzzJSON FuzzTemplate)

build=$("$swift" build -c release --show-bin-path)
checkouts=.build/checkouts
out=.build-fuzz
mkdir -p "$out/crashes"

flags=(-O -g -wmo -parse-as-library -swift-version 6 -package-name fanpai -sanitize=fuzzer
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
    -enable-upcoming-feature MemberImportVisibility -module-cache-path "$out/cache" -I "$out" -I "$build/Modules")
for include in "$checkouts"/swift-crypto/Sources/*/include "$checkouts"/Yams/Sources/CYaml/include; do
    [ -f "$include/module.modulemap" ] && flags+=(-Xcc "-fmodule-map-file=$include/module.modulemap" -Xcc "-I$include")
done
for library in CText CArchive; do flags+=(-Xcc "-fmodule-map-file=Sources/$library/module.modulemap"); done
flags+=(-Xcc "-fmodule-map-file=$build/CFontTable.build/module.modulemap" -Xcc -ISources/CFontTable/include)
for flag in $(pkg-config --cflags pangoft2 fontconfig freetype2 harfbuzz libarchive); do flags+=(-Xcc "$flag"); done

compiled=()
for module in Drawing Orders Typesetting Motion; do
    mapfile -t sources < <(find "Sources/$module" -name '*.swift' | sort)
    # Files that a target embeds are Swift that swift build has written.
    embedded="$build/$module.build/DerivedSources/embedded_resources.swift"
    [ ! -f "$embedded" ] || sources+=("$embedded")
    object="$out/$module.o"
    compiled+=("$object")
    # Compiled again only when something below Sources is younger.
    if [ -f "$object" ] && [ -z "$(find Sources \( -name '*.swift' -o -name '*.txt' \) -newer "$object" -print -quit)" ]; then continue; fi
    "${swift}c" "${flags[@]}" -module-name "$module" -emit-module -emit-module-path "$out/$module.swiftmodule" \
        -emit-object -o "$object" "${sources[@]}"
done

objects=()
for package in CCryptoBoringSSL CCryptoBoringSSLShims CXKCP CXKCPShims CryptoBoringWrapper Crypto CYaml Yams CFontTable; do
    [ -d "$build/$package.build" ] || continue
    while IFS= read -r object; do objects+=("$object"); done < <(find "$build/$package.build" -name '*.o' | sort)
done

corpus() { # the folder of seeds for a target
    local target=$1 folder="$out/corpus/$1"
    mkdir -p "$folder"
    case $target in
    FuzzOrderCSV) for file in Samples/*.csv Samples/*.tsv; do [ -f "$file" ] && head -c 6000 "$file" >"$folder/$(basename "$file")"; done ;;
    FuzzOrderLog) for file in Samples/*.jsonl; do [ -f "$file" ] && head -c 6000 "$file" >"$folder/$(basename "$file")"; done ;;
    FuzzArchive) for file in Samples/*.zip Tests/Fuzz/Seeds/*.zip; do [ -f "$file" ] && head -c 200000 "$file" >"$folder/$(basename "$file")"; done ;;
    FuzzXLSX) for file in Tests/Fuzz/Seeds/*.sheet; do [ -f "$file" ] && tr '~' '\0' <"$file" >"$folder/$(basename "$file")"; done ;;
    FuzzJSON) for file in Samples/*.json Tests/Fuzz/Seeds/*.json; do [ -f "$file" ] && head -c 6000 "$file" >"$folder/$(basename "$file")"; done ;;
    FuzzTemplate) for file in Templates/*/template.yaml; do
        [ -f "$file" ] && cp "$file" "$folder/$(basename "$(dirname "$file")").yaml"; done ;;
    esac
    echo "$folder"
}

run() { # links a target and runs it; the status says whether nothing was found
    local target=$1 program="$out/$1" log="$out/$1.log" seeds
    "${swift}c" "${flags[@]}" -module-name "$target" "Tests/Fuzz/$target.swift" "${compiled[@]}" "${objects[@]}" \
        -lstdc++ $(pkg-config --libs pangoft2 fontconfig freetype2 harfbuzz libarchive) -o "$program" || return
    seeds=$(corpus "$target")
    if timeout -k 10 $((seconds + 60)) "$program" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1536 \
        -max_len=65536 -print_final_stats=1 -artifact_prefix="$out/crashes/$target-" "$seeds" >"$log" 2>&1; then
        echo "fuzz $target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs in $seconds s"
    else
        echo "fuzz $target FAILED; the end of $log:"
        tail -n 15 "$log"
        sed -n 's/^.*Test unit written to /reproduce with: '"${program//\//\\/}"' /p' "$log"
        return 1
    fi
}

passed=0
failed=0
# Two at a time: a target is one thread.
for ((first = 0; first < ${#targets[@]}; first += 2)); do
    jobs=()
    for target in "${targets[@]:first:2}"; do
        run "$target" &
        jobs+=($!)
    done
    for job in "${jobs[@]}"; do
        if wait "$job"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    done
done
echo "$passed fuzz targets passed, $failed failed"
[ "$failed" = 0 ]

#!/bin/bash
# Everything that must hold: format, build, tests, the example of a library user, the fuzz targets.
# The last line counts; the exit code is 0 only when nothing failed.
set -uo pipefail
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
fuzz_seconds=${FUZZ_SECONDS:-20}
passed=0
failed=0
failures=()

step() { # step NAME COMMAND...: runs a step and counts it
    local name=$1 start=$SECONDS
    shift
    echo "== $name"
    if "$@"; then
        passed=$((passed + 1))
        echo "== $name: passed ($((SECONDS - start)) s)"
    else
        failed=$((failed + 1))
        failures+=("$name")
        echo "== $name: FAILED ($((SECONDS - start)) s)"
        return 1
    fi
}

finish() {
    for name in ${failures[@]+"${failures[@]}"}; do echo "failed: $name"; done
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
    exit
}

format() { "$swift" format lint --strict --parallel --recursive Package.swift Sources Tests; }
build() { "$swift" build -c release --build-tests --explicit-target-dependency-import-check error; }

tests() {
    local log=.build/swift-test.log status summary
    "$swift" test -c release --skip-build 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    # The step itself counts one; the tests inside count too.
    summary=$(grep -aoE 'Test run with [0-9]+ tests? ' "$log" | grep -oE '[0-9]+' | tail -n 1)
    passed=$((passed + ${summary:-1} - 1))
    [ "$status" = 0 ] && [ "${summary:-0}" -gt 0 ]
}

consumer() {
    # A package of its own, built where the objects of ours already are.
    local build=("$swift" build -c release --package-path Tests/Consumer --scratch-path .build) out=.build/consumer
    mkdir -p "$out"
    "${build[@]}" &&
        "$("${build[@]}" --show-bin-path)/Consumer" Samples/douyin-1111.csv "$out/counter.mp4" &&
        ffprobe -v error -show_entries stream=codec_name,width,height "$out/counter.mp4"
}

step "format" format
step "build" build || finish
step "swift test" tests
step "consumer" consumer
step "fuzz" Scripts/fuzz.sh "$fuzz_seconds"
finish

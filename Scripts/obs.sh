#!/bin/bash
# Plays a template's overlay, in the profiles with transparency, in a real OBS and compares every pixel of what it composes with its
# own blending of the drawn frames. OBS gets a display, a configuration and a network of its own; all of it ends with the script.
# usage: Scripts/obs.sh [TEMPLATE [FRAMES]]     default: live-counter 60..120; FANPAI names another program than the release build
set -euo pipefail
cd "$(dirname "$0")/.."
template=${1:-live-counter}
frames=${2:-60..120}
fanpai=${FANPAI:-.build/release/fanpai}
place=.build-obs

refuse() {
    echo "$1: OBS was not tried" >&2
    exit 69
}

find_python() {
    for python in python3 /usr/bin/python3; do
        if "$python" -c 'import numpy' 2>/dev/null; then return 0; fi
    done
    return 1
}

if ! command -v obs >/dev/null || ! command -v Xvfb >/dev/null || ! command -v ffmpeg >/dev/null || ! find_python; then
    Scripts/install.sh test obs || refuse "what Scripts/packages.txt lists for test and obs cannot be installed here"
    find_python || refuse "no python3 here has numpy"
fi

if unshare --net true 2>/dev/null; then
    run=(unshare --net)
elif unshare --user --map-root-user --net true 2>/dev/null; then
    run=(unshare --user --map-root-user --net)
else
    # The port of obs-websocket is open to the network then, with a password that is thrown away.
    run=()
fi

rm -rf "$place"
mkdir -p "$place/films"
films=()
render() {
    "$fanpai" render "$template" --demo --size 360x640 --frames "$frames" --profile "$1" --no-cache -o "$2" 2>"$place/render.log" || {
        cat "$place/render.log" >&2
        exit 1
    }
}
for film in qtrle.mov png-mov.mov ffv1.mkv vp9-alpha.webm apng.png gif.gif prores4444.mov webp.webp; do
    render "${film%.*}" "$place/films/$film"
    films+=("$place/films/$film")
done
render png-sequence "$place/drawn/"
# What editors and OBS do not take: a comparison that passes this one sees nothing.
wrong=$place/films/premultiplied.mov
ffmpeg -v error -nostdin -y -i "$place/films/qtrle.mov" -vf premultiply=inplace=1 -c:v qtrle -pix_fmt argb "$wrong"

exec "${run[@]}" "$python" -B Tests/Obs/compare.py "$place/obs" "$place/drawn" "${films[@]}" --wrong "$wrong"

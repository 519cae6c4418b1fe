#!/bin/sh
# Installs with apt what is missing of Scripts/packages.txt, and nothing else.
# usage: Scripts/install.sh GROUP...      groups: build, test, obs
set -eu
here=$(dirname "$0")

missing=
for group in "$@"; do
    for package in $(sed -n "s/^$group  *\([^ ]*\).*/\1/p" "$here/packages.txt"); do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || missing="$missing $package"
    done
done

if [ -n "$missing" ]; then
    if ! command -v apt-get >/dev/null; then
        echo "missing:$missing; this is no Debian machine, install what these packages hold by hand" >&2
        exit 69
    fi
    sudo=
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "missing:$missing; run as root: apt-get install$missing" >&2
            exit 69
        fi
        sudo="sudo"
    fi
    echo "installing:$missing"
    export DEBIAN_FRONTEND=noninteractive
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -q
    # shellcheck disable=SC2086  # one word a package
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
fi

if ! command -v swift >/dev/null; then
    echo "there is no swift in PATH; install Swift 6.2 or later from https://www.swift.org/install/linux" >&2
    exit 69
fi
